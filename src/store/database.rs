//! IndexedDB, by web-sys alone: a request's success and failure are the two ends of a promise, which needs no closure of ours.

use js_sys::{Array, Function, JsString, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
};

use super::{Fault, Kept, Lease};
use crate::domain::batch::keep::Head;

const NAME: &str = "message-desk";
const VERSION: u32 = 1;

/// Heads by job id.
const HEADS: &str = "heads";
/// Bodies by job id.
const BODIES: &str = "bodies";
/// Epochs by job id, and the ends of leases.
const EPOCHS: &str = "epochs";
/// Lines by job id and number of the first record.
const LINES: &str = "lines";
const ALL: [&str; 4] = [HEADS, BODIES, EPOCHS, LINES];

/// The browser's database.
#[derive(Debug)]
pub struct Database {
    database: IdbDatabase,
    /// What every transaction is begun with: the method, the stores, how durable it is.
    begins: (Function, Array, Object),
}

fn said(error: &JsValue) -> String {
    let of = |object: &JsValue, name: &str| {
        Reflect::get(object, &name.into()).ok().filter(|it| !it.is_undefined())
    };
    // A rejection is an event: its target knows the error.
    let error = of(error, "target").and_then(|target| of(&target, "error")).unwrap_or_else(|| error.clone());
    let text = |name| of(&error, name).and_then(|text| text.as_string());
    text("name").or_else(|| text("message")).unwrap_or_else(|| "IndexedDB".to_owned())
}

fn fault(error: JsValue) -> Fault {
    Fault::Failed(said(&error))
}

/// The result of a request.
pub(super) async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let ended = Promise::new(&mut |success, failure| {
        request.set_onsuccess(Some(&success));
        request.set_onerror(Some(&failure));
    });
    JsFuture::from(ended).await?;
    request.result()
}

/// The end of a transaction: everything in it is durable, or nothing is.
pub(super) fn ended(transaction: &IdbTransaction) -> JsFuture {
    JsFuture::from(Promise::new(&mut |success, failure| {
        transaction.set_oncomplete(Some(&success));
        transaction.set_onabort(Some(&failure));
    }))
}

/// What is written as a number in the database is one of ours: it fits.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an epoch is a small whole number"
)]
fn whole(number: &JsValue) -> u64 {
    number.as_f64().unwrap_or_default() as u64
}

#[expect(clippy::cast_precision_loss, reason = "epochs and record numbers stay far below 2^53")]
fn key(number: u64) -> JsValue {
    JsValue::from_f64(number as f64)
}

fn line_key(id: &str, first: u64) -> JsValue {
    Array::of2(&id.into(), &key(first)).into()
}

/// All lines of a job.
fn lines_of(id: &str) -> Result<JsValue, JsValue> {
    Ok(IdbKeyRange::bound(&line_key(id, 0), &Array::of2(&id.into(), &JsValue::from_f64(f64::INFINITY)))?
        .into())
}

impl Database {
    /// Opens the database, or says in the browser's words why it cannot be.
    pub(super) async fn open() -> Result<Self, String> {
        let opened = async {
            let factory: IdbFactory = Reflect::get(&js_sys::global(), &"indexedDB".into())?.dyn_into()?;
            let request: IdbOpenDbRequest = factory.open_with_u32(NAME, VERSION)?;
            let upgrade: Function = {
                let request = request.clone();
                wasm_bindgen::prelude::Closure::once_into_js(move || {
                    let database: Option<IdbDatabase> =
                        request.result().ok().and_then(|it| it.dyn_into().ok());
                    for store in ALL {
                        drop(database.as_ref().map(|database| database.create_object_store(store)));
                    }
                })
                .unchecked_into()
            };
            request.set_onupgradeneeded(Some(&upgrade));
            let database = done(&request).await?.dyn_into::<IdbDatabase>()?;
            let names: Array = ALL.iter().map(|name| JsValue::from_str(name)).collect();
            let options = Object::new();
            Reflect::set(&options, &"durability".into(), &"strict".into())?;
            let transaction: Function = Reflect::get(&database, &"transaction".into())?.dyn_into()?;
            Ok(Self { database, begins: (transaction, names, options) })
        };
        opened.await.map_err(|error: JsValue| said(&error))
    }

    /// A transaction over all stores. One that writes is reported only when it is on the disk.
    fn begin(&self, writes: bool) -> Result<IdbTransaction, JsValue> {
        let (transaction, names, options) = &self.begins;
        let mode = if writes { "readwrite" } else { "readonly" };
        transaction.call3(&self.database, names, &mode.into(), options)?.dyn_into()
    }

    /// Does `work` in one transaction that writes, and waits until it is durable.
    async fn write<T>(
        &self,
        work: impl AsyncFnOnce(&IdbTransaction) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let transaction = self.begin(true).map_err(fault)?;
        let durable = ended(&transaction);
        match work(&transaction).await {
            Ok(result) => {
                durable.await.map_err(fault)?;
                Ok(result)
            }
            Err(why) => {
                drop(transaction.abort());
                Err(why)
            }
        }
    }

    pub(super) async fn heads(&self) -> Result<Vec<String>, Fault> {
        let read = async {
            let transaction = self.begin(false)?;
            let all: Array = done(&transaction.object_store(HEADS)?.get_all()?).await?.dyn_into()?;
            Ok(texts(&all))
        };
        read.await.map_err(fault)
    }

    pub(super) async fn create(&self, head: &Head, body: &str, lines: &[(u64, String)]) -> Result<(), Fault> {
        self.write(async |transaction: &IdbTransaction| {
            let put = || {
                transaction.object_store(LINES)?.delete(&lines_of(&head.id)?)?;
                for (first, line) in lines {
                    put(transaction, LINES, &line.into(), &line_key(&head.id, *first))?;
                }
                put(transaction, HEADS, &head.encode().into(), &head.id.as_str().into())?;
                put(transaction, BODIES, &body.into(), &head.id.as_str().into())
            };
            put().map_err(fault)
        })
        .await
    }

    pub(super) async fn load(&self, id: &str) -> Result<Option<Kept>, Fault> {
        let read = async {
            let transaction = self.begin(false)?;
            let store = |name| transaction.object_store(name);
            let requests = (
                store(HEADS)?.get(&id.into())?,
                store(BODIES)?.get(&id.into())?,
                store(LINES)?.get_all_with_key(&lines_of(id)?)?,
            );
            let head = done(&requests.0).await?.as_string();
            let body = done(&requests.1).await?.as_string();
            let lines: Array = done(&requests.2).await?.dyn_into()?;
            Ok((head, body, texts(&lines)))
        };
        let (head, body, lines) = read.await.map_err(fault)?;
        let head = head.and_then(|head| Head::decode(&head));
        Ok(head.zip(body).map(|(head, body)| Kept { head, body, lines }))
    }

    pub(super) async fn body(&self, id: &str) -> Result<Option<JsString>, Fault> {
        let read = async { done(&self.begin(false)?.object_store(BODIES)?.get(&id.into())?).await };
        read.await.map(|body| body.dyn_into().ok()).map_err(fault)
    }

    pub(super) async fn lines(&self, id: &str) -> Result<Vec<String>, Fault> {
        let read = async {
            let store = self.begin(false)?.object_store(LINES)?;
            let lines: Array = done(&store.get_all_with_key(&lines_of(id)?)?).await?.dyn_into()?;
            Ok(texts(&lines))
        };
        read.await.map_err(fault)
    }

    pub(super) async fn take(&self, id: &str, lease: Option<Lease>) -> Result<u64, Fault> {
        self.write(async |transaction: &IdbTransaction| {
            let held = number(transaction, &lease_key(id)).await?;
            if lease.is_some_and(|lease| held > lease.now) {
                return Err(Fault::Epoch);
            }
            let epoch = number(transaction, &id.into()).await? + 1;
            put(transaction, EPOCHS, &key(epoch), &id.into()).map_err(fault)?;
            if let Some(lease) = lease {
                put(transaction, EPOCHS, &key(lease.until), &lease_key(id)).map_err(fault)?;
            }
            Ok(epoch)
        })
        .await
    }

    pub(super) async fn renew(&self, id: &str, epoch: u64, until: u64) -> Result<(), Fault> {
        self.write(async |transaction: &IdbTransaction| {
            // Another page took it, or it was deleted.
            if number(transaction, &id.into()).await? != epoch {
                return Err(Fault::Epoch);
            }
            put(transaction, EPOCHS, &key(until), &lease_key(id)).map_err(fault)
        })
        .await
    }

    pub(super) async fn lease_end(&self, id: &str) -> Result<u64, Fault> {
        number(&self.begin(false).map_err(fault)?, &lease_key(id)).await
    }

    /// All of it is asked for at once, and undone when the epoch is another: waiting for that first would take as long again.
    pub(super) async fn append(
        &self,
        epoch: u64,
        id: &str,
        head: Option<&Head>,
        first: u64,
        line: &str,
    ) -> Result<(), Fault> {
        self.write(async |transaction: &IdbTransaction| {
            let ask = || {
                let known = transaction.object_store(EPOCHS)?.get(&id.into())?;
                put(transaction, LINES, &line.into(), &line_key(id, first))?;
                if let Some(head) = head {
                    put(transaction, HEADS, &head.encode().into(), &id.into())?;
                }
                Ok(known)
            };
            let known = done(&ask().map_err(fault)?).await.map_err(fault)?;
            // A job that was deleted has no epoch any more.
            if whole(&known) == epoch { Ok(()) } else { Err(Fault::Epoch) }
        })
        .await
    }

    pub(super) async fn delete(&self, id: &str) -> Result<(), Fault> {
        self.write(async |transaction: &IdbTransaction| {
            let delete = || {
                let store =
                    |name: &str| -> Result<IdbObjectStore, JsValue> { transaction.object_store(name) };
                store(EPOCHS)?.delete(&lease_key(id))?;
                for name in [HEADS, BODIES, EPOCHS] {
                    store(name)?.delete(&id.into())?;
                }
                store(LINES)?.delete(&lines_of(id)?)?;
                Ok(())
            };
            delete().map_err(fault)
        })
        .await
    }
}

fn put(transaction: &IdbTransaction, store: &str, value: &JsValue, key: &JsValue) -> Result<(), JsValue> {
    transaction.object_store(store)?.put_with_key(value, key).map(drop)
}

/// An epoch, or the end of a lease.
async fn number(transaction: &IdbTransaction, name: &JsValue) -> Result<u64, Fault> {
    let read = async { done(&transaction.object_store(EPOCHS)?.get(name)?).await };
    read.await.map(|known| whole(&known)).map_err(fault)
}

fn lease_key(id: &str) -> JsValue {
    Array::of2(&id.into(), &"lease".into()).into()
}

fn texts(list: &Array) -> Vec<String> {
    list.iter().filter_map(|text| text.as_string()).collect()
}
