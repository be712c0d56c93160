//! The sealed vault of this browser: one value in a database of its own, which holds nothing that can be read without its passphrase.

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    IdbDatabase, IdbFactory, IdbObjectStore, IdbOpenDbRequest, IdbTransaction, IdbTransactionMode,
};

use super::database::{done, ended};

const NAME: &str = "message-desk-vault";
const STORE: &str = "vault";
const KEY: &str = "sealed";

/// Nothing can be stored here, or no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotStored;

impl From<JsValue> for NotStored {
    fn from(_: JsValue) -> Self {
        Self
    }
}

async fn begin(mode: IdbTransactionMode) -> Result<(IdbTransaction, IdbObjectStore), JsValue> {
    let factory: IdbFactory = Reflect::get(&js_sys::global(), &"indexedDB".into())?.dyn_into()?;
    let request: IdbOpenDbRequest = factory.open_with_u32(NAME, 1)?;
    let own = request.clone();
    let upgrade: Function = wasm_bindgen::prelude::Closure::once_into_js(move || {
        let database: Option<IdbDatabase> = own.result().ok().and_then(|it| it.dyn_into().ok());
        drop(database.map(|database| database.create_object_store(STORE)));
    })
    .unchecked_into();
    request.set_onupgradeneeded(Some(&upgrade));
    let database: IdbDatabase = done(&request).await?.dyn_into()?;
    let transaction = database.transaction_with_str_sequence_and_mode(&Array::of1(&STORE.into()), mode)?;
    let store = transaction.object_store(STORE)?;
    // It closes when the transaction has ended: another tab may forget the vault.
    database.close();
    Ok((transaction, store))
}

/// The vault that is stored, when there is one.
///
/// # Errors
/// When the browser does not let the page look.
pub async fn stored() -> Result<Option<Vec<u8>>, NotStored> {
    let (_, store) = begin(IdbTransactionMode::Readonly).await?;
    let found = done(&store.get(&KEY.into())?).await?;
    Ok(found.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec()))
}

/// Stores a vault in place of the one before, or nothing when there is none; durable when it returns.
///
/// # Errors
/// When the browser does not let the page store it: then everything is as before.
pub async fn store(vault: Option<&[u8]>) -> Result<(), NotStored> {
    let (transaction, store) = begin(IdbTransactionMode::Readwrite).await?;
    let durable = ended(&transaction);
    match vault {
        Some(vault) => drop(store.put_with_key(&Uint8Array::from(vault), &KEY.into())?),
        None => drop(store.delete(&KEY.into())?),
    }
    durable.await?;
    Ok(())
}
