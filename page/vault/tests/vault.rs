//! Known answers, and that nothing comes out of a vault of which a single byte was changed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use message_desk_vault::{COST, Cost, Fresh, Refusal, answer, look, open, seal};

const PASSPHRASE: &[u8] = "正确 horse battery 订书钉".as_bytes();
const SECRET: &[u8] = br#"{"app_secret":"CANARY"}"#;
/// The least that is believed: the tests open hundreds of vaults.
const CHEAP: Cost = Cost { memory: 19_456, passes: 2, lanes: 1 };

fn fresh(byte: u8) -> Fresh {
    Fresh { salt: [byte; 16], nonce: [byte.wrapping_add(1); 12] }
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn argon2id_gives_what_rfc_9106_says() {
    let params = ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .data(AssociatedData::new(&[4; 12]).unwrap())
        .output_len(32)
        .build()
        .unwrap();
    let argon = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
    let mut tag = [0; 32];
    argon.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
    assert_eq!(tag.to_vec(), bytes("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
}

/// McGrew and Viega, "The Galois/Counter Mode of Operation", cases 13, 14 and 16: AES with 256 bits.
#[test]
fn aes_256_gcm_gives_what_its_authors_say() {
    let plain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    for (key, nonce, plain, aad, sealed) in [
        (&*"0".repeat(64), &*"0".repeat(24), "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
        (
            &"0".repeat(64),
            &"0".repeat(24),
            &*"0".repeat(32),
            "",
            "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
        ),
        (
            key,
            "cafebabefacedbaddecaf888",
            plain,
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b",
        ),
    ] {
        let (plain, aad) = (bytes(plain), bytes(aad));
        let cipher = Aes256Gcm::new_from_slice(&bytes(key)).unwrap();
        let payload = Payload { msg: &plain, aad: &aad };
        let found = cipher.encrypt(Nonce::from_slice(&bytes(nonce)), payload).unwrap();
        assert_eq!(found, bytes(sealed));
    }
}

#[test]
fn what_went_in_comes_out_with_the_passphrase_and_with_no_other() {
    let vault = seal(PASSPHRASE, SECRET, COST, &fresh(7)).unwrap();
    assert_eq!(look(&vault), Ok(COST));
    assert_eq!(open(PASSPHRASE, &vault).unwrap().as_slice(), SECRET);
    let longer = [PASSPHRASE, b" "].concat();
    for other in [&b""[..], &PASSPHRASE[1..], &longer] {
        assert_eq!(open(other, &vault), Err(Refusal::DoesNotOpen));
    }
    let held = |part: &[u8]| vault.windows(part.len()).any(|window| window == part);
    assert!(!held(SECRET) && !held(b"CANARY") && !held(PASSPHRASE));
}

#[test]
fn new_vaults_cost_what_was_promised() {
    assert_eq!((COST.memory, COST.passes, COST.lanes), (65_536, 3, 1));
}

#[test]
fn the_same_text_never_looks_the_same() {
    let [first, second] = [1, 2].map(|byte| seal(PASSPHRASE, SECRET, CHEAP, &fresh(byte)).unwrap());
    assert_ne!(first[48..], second[48..]);
}

#[test]
fn not_one_changed_byte_of_header_or_ciphertext_opens() {
    let vault = seal(PASSPHRASE, SECRET, CHEAP, &fresh(9)).unwrap();
    assert_eq!(vault.len(), 48 + SECRET.len() + 16);
    assert!(open(PASSPHRASE, &vault).is_ok());
    for at in 0..vault.len() {
        let mut changed = vault.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(open(PASSPHRASE, &changed).is_err(), "byte {at}");
    }
}

#[test]
fn what_is_cut_off_longer_or_something_else_is_refused_by_name() {
    let vault = seal(PASSPHRASE, SECRET, CHEAP, &fresh(3)).unwrap();
    for length in [0, 7, 8, 47, 48, 63] {
        assert_eq!(open(PASSPHRASE, &vault[..length]), Err(Refusal::NotAVault), "{length}");
    }
    assert_eq!(open(PASSPHRASE, &vault[..vault.len() - 1]), Err(Refusal::DoesNotOpen));
    assert_eq!(open(PASSPHRASE, &[&vault[..], b"x"].concat()), Err(Refusal::DoesNotOpen));
    assert_eq!(look(&[b'P'; 200]), Err(Refusal::NotAVault));
    let with = |at: usize, byte: u8| {
        let mut changed = vault.clone();
        changed[at] = byte;
        look(&changed)
    };
    assert_eq!(with(7, 2), Err(Refusal::OtherVersion));
    // Cheaper than believed, dearer than a browser can bear, in each number.
    for (at, byte) in [(9, 0), (11, 1), (12, 1), (12, 11), (16, 0), (16, 2)] {
        assert_eq!(with(at, byte), Err(Refusal::ImpossibleCost), "{at}");
    }
}

#[test]
fn the_page_asks_in_bytes() {
    let asked = |parts: &[&[u8]]| {
        let length = u32::try_from(PASSPHRASE.len()).unwrap().to_le_bytes();
        [&length[..], PASSPHRASE].into_iter().chain(parts.iter().copied()).collect::<Vec<_>>().concat()
    };
    let vault = answer("seal", &asked(&[&[1; 16], &[2; 12], SECRET])).unwrap();
    assert_eq!(answer("look", &asked(&[&vault])).unwrap(), b"");
    assert_eq!(answer("open", &asked(&[&vault])).unwrap(), SECRET);
    assert_eq!(answer("look", &asked(&[b"PK"])), Err(Refusal::NotAVault));
    for bytes in [&b""[..], b"123", &[255; 20], &asked(&[&[1; 20]])] {
        assert!(answer("seal", bytes).is_err());
    }
}
