//! The worked vectors of UserSig: what the vendor's own packages make, and what must not pass.

use super::user_sig::{Expected, UserSig, UserSigFault, decode_user_sig, user_sig};

const K1: &str = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
const K2: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const APP: u64 = 1_400_000_000;

struct Vector {
    name: &'static str,
    sdkappid: u64,
    key: &'static str,
    identifier: &'static str,
    expire: u64,
    time: u64,
    userbuf: Option<&'static [u8]>,
    tls_sig: &'static str,
    made_by_vendor: &'static str,
    stored: Option<&'static str>,
}

const VECTORS: [Vector; 10] = [
    Vector {
        name: "U1",
        sdkappid: APP,
        key: K1,
        identifier: "xiaojun",
        expire: 15_552_000,
        time: 1_700_000_000,
        userbuf: None,
        tls_sig: "LvA7d/Iw7gSsnskvVzBDPOCCDbuNCw4GHwTC0bip+B4=",
        made_by_vendor: "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkKjIT87NK82CSxSnZiQUFmSlAKUMTAyiAyqVWFGQWpYJkTE1NjRDiJZm5YFFzNPXFmekgG3zKHM1T9D3LzdODi-OKs8vCqpxcAvydnV2SSv2cy03cPcpDnA2SMgu0nUxslWoBHdYzUg__",
        stored: Some(
            "eAEBqwBU-3siVExTLnZlciI6IjIuMCIsIlRMUy5pZGVudGlmaWVyIjoieGlhb2p1biIsIlRMUy5zZGthcHBpZCI6MTQwMDAwMDAwMCwiVExTLmV4cGlyZSI6MTU1NTIwMDAsIlRMUy50aW1lIjoxNzAwMDAwMDAwLCJUTFMuc2lnIjoiTHZBN2QvSXc3Z1NzbnNrdlZ6QkRQT0NDRGJ1TkN3NEdId1RDMGJpcCtCND0ifa3HMfI_",
        ),
    },
    Vector {
        name: "U2",
        sdkappid: APP,
        key: K1,
        identifier: "xiaojun",
        expire: 15_552_000,
        time: 1_700_000_000,
        userbuf: Some(&[0x61, 0x62, 0x63]),
        tls_sig: "QjT201xPkXk/aM1e+y0vakZb0K2iPrFue++0s5y6bFM=",
        made_by_vendor: "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkKjIT87NK82CSxSnZiQUFmSlAKUMTAyiAyqVWFGQWpYJkTE1NjRDiJZm5YFFzNPWlxalFSaVpIFsiw72y4FZkpoOEArNCjAwMKwKyI7L1E30NU7UrDcoSs6OSDLyNMgOK3EpTtbUNik0rzZLcfG2VagHdkjl6",
        stored: Some(
            "eAEBwAA--3siVExTLnZlciI6IjIuMCIsIlRMUy5pZGVudGlmaWVyIjoieGlhb2p1biIsIlRMUy5zZGthcHBpZCI6MTQwMDAwMDAwMCwiVExTLmV4cGlyZSI6MTU1NTIwMDAsIlRMUy50aW1lIjoxNzAwMDAwMDAwLCJUTFMudXNlcmJ1ZiI6IllXSmoiLCJUTFMuc2lnIjoiUWpUMjAxeFBrWGsvYU0xZSt5MHZha1piMEsyaVByRnVlKyswczV5NmJGTT0ife-CN9o_",
        ),
    },
    Vector {
        name: "U3",
        sdkappid: 88_888_888,
        key: K2,
        identifier: "administrator",
        expire: 86_400,
        time: 1_727_428_261,
        userbuf: None,
        tls_sig: "u4KcKpvKEtKkQtcB+RoNurOLBmDzf8Jsdn9AM7KLAwM=",
        made_by_vendor: "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkElNyM-Myi0uKEkvyi2BKilOyEwsKMlOACiygACqTWlGQWZQKEjczMTCACpZk5oKEDM2NzE2MLIzMDGHGZKaDrCg18U72Lijzdi3xzg4sSXbSDsr3Ky3y93HKdalKs-AqTsmzdPQ19-ZxLPe1VaoFABycNa4_",
        stored: Some(
            "eAEBrABT-3siVExTLnZlciI6IjIuMCIsIlRMUy5pZGVudGlmaWVyIjoiYWRtaW5pc3RyYXRvciIsIlRMUy5zZGthcHBpZCI6ODg4ODg4ODgsIlRMUy5leHBpcmUiOjg2NDAwLCJUTFMudGltZSI6MTcyNzQyODI2MSwiVExTLnNpZyI6InU0S2NLcHZLRXRLa1F0Y0IrUm9OdXJPTEJtRHpmOEpzZG45QU03S0xBd009In2c8zRO",
        ),
    },
    Vector {
        name: "U4",
        sdkappid: 20_000_001,
        key: K2,
        identifier: "ops_admin-01",
        expire: 604_800,
        time: 1_767_225_600,
        userbuf: None,
        tls_sig: "HuLFbx0D1cRtL6p6prHpxOa9gnAMEPNCPQLqXK3Swgs=",
        made_by_vendor: "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIk8guK4xNTcjPzdA0MYSqKU7ITCwoyU4DyRgZgYAiVSa0oyCxKBYqbGZhYGBhARUsyc0FihuZm5kZGpmZw8eLMdJAVHqU*bkkVBi6GyUElPmYFZgVFHgUV-omW6XmOvq4Bfs4BgT6FEd7GweXpxbZKtQBs7jRD",
        stored: None,
    },
    Vector {
        name: "U5",
        sdkappid: 1_600_012_345,
        key: "short-key",
        identifier: "a",
        expire: 1,
        time: 0,
        userbuf: None,
        tls_sig: "ikOuzFyaTUkXzOFmyf4n8VrRtmKEKfnCGCX2WhN/rig=",
        made_by_vendor: "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkEmHCxSnZiQUFmSlAQUMzAwMDQyNjE1OoXGpFQWZRKkgGKlCSmQviGsD0ZqaDzMrM9i*tcqtMDAnNjqjyd8utTDPJswgrCirJ9Xb1TstzdneOMArP8NMvyky3VaoFABInLtE_",
        stored: None,
    },
    Vector {
        name: "U6",
        sdkappid: APP,
        key: K1,
        identifier: "abcdefghijklmnopqrstuvwxyz012345",
        expire: 2_592_000,
        time: 2_147_483_648,
        userbuf: None,
        tls_sig: "zojSiPcQ6wzUKLdcUTepIp6+5DlqYZgibR9bTpw8xMQ=",
        made_by_vendor: "eJxFjbsOgkAURH*FbKshsCwIJnY2RkxEoNAO2AUvz*UhIMZ-FxHilOdkZl7IMW2xZRXaCgiLEloLEwHK8gZC*AnPDygLozvESZrlBS*runm0Xf8cJBkrRF1aNU08zoGOHZlIc2bHeg4VGw1WDfzHDWQTlMmG6IpG9GUKou-zUMQ2nANL6wb3aNLAdRg-cG2l7tPyeovAvxi*wzu9P1k79P4A3Go9oQ__",
        stored: None,
    },
    Vector {
        name: "U7",
        sdkappid: APP,
        key: K1,
        identifier: "管理员01",
        expire: 86_400,
        time: 1_700_000_000,
        userbuf: None,
        tls_sig: "PBYBljSM3SuG06WT/PN/HrnAQHgmT1889ZEhc8xuH7k=",
        made_by_vendor: "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkYkrNkxINgaSJgVlMqamJqYWBIUxlcUp2YkFBZgpQnaGJARRA5VIrCjKLUoEyFmYmcMGSzFyQkKE5muLizHSQXQFOkU45WcG*xsGl7gZm4SH6AX76HkV5joEe6bkhhhYWllGuGckWFaUe5tm2SrUAouw0qw__",
        stored: Some(
            "eAEBrABT-3siVExTLnZlciI6IjIuMCIsIlRMUy5pZGVudGlmaWVyIjoi566h55CG5ZGYMDEiLCJUTFMuc2RrYXBwaWQiOjE0MDAwMDAwMDAsIlRMUy5leHBpcmUiOjg2NDAwLCJUTFMudGltZSI6MTcwMDAwMDAwMCwiVExTLnNpZyI6IlBCWUJsalNNM1N1RzA2V1QvUE4vSHJuQVFIZ21UMTg4OVpFaGM4eHVIN2s9In0prTRH",
        ),
    },
    Vector {
        name: "U8",
        sdkappid: APP,
        key: K1,
        identifier: "xiaojun",
        expire: 15_552_000,
        time: 1_700_000_000,
        userbuf: Some(&[]),
        tls_sig: "JlWc8oSqdU2ZXa8kLSYMRAQYi2LBDpljX4TPaGeZt4Q=",
        made_by_vendor: "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkKjIT87NK82CSxSnZiQUFmSlAKUMTAyiAyqVWFGQWpYJkTE1NjRDiJZm5YFFzNPWlxalFSaVpIFvgxmemg7heOeHJFvnBhSmhRlERiRbZPsGRvkGOgZGZRj5OLgU5WREmIQGJ7qlRJSaBtkq1AP2eOLA_",
        stored: None,
    },
    Vector {
        name: "U9",
        sdkappid: APP,
        key: K1,
        identifier: "xiaojun",
        expire: 15_552_000,
        time: 1_700_000_000,
        userbuf: Some(&[0xfb, 0xef, 0xff, 0x00, 0x3e, 0x3f, 0xfe]),
        tls_sig: "b6v523uw6iKPbpGkPCQ8etlxn0UAhzTJQwXG7E35qac=",
        made_by_vendor: "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkKjIT87NK82CSxSnZiQUFmSlAKUMTAyiAyqVWFGQWpYJkTE1NjRDiJZm5YFFzNPWlxalFSaVpIFu0tfX1HV1M9PXTbW3hVmWmg6SSzMpMjYxLy80yvQOSCtyzA5wDLVJLciryDEIdM6pCvALLI9zNXY1NCxOTbZVqAXhlO3o_",
        stored: None,
    },
    Vector {
        name: "U10",
        sdkappid: APP,
        key: K1,
        identifier: "q\"\\q/",
        expire: 86_400,
        time: 1_700_000_000,
        userbuf: None,
        tls_sig: "s0c+XzS+gqasPtw4srA8yeYNhhF6HA6fL/nD6i756BM=",
        made_by_vendor: "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkCmOUYmIK9WGSxSnZiQUFmSlAKUMTAyiAyqVWFGQWpQJlLMxM4IIlmbkgIUNzNMXFmekg44sNkrUjqoK10wsTiwNKyk2KixwtKlMj-TIy3Mw8HM3SfPTzXMwyzU3NnHxtlWoBPSUxyg__",
        stored: None,
    },
];

impl Vector {
    fn expected(&self) -> Expected<'_> {
        Expected {
            sdkappid: self.sdkappid,
            identifier: self.identifier,
            key: self.key,
            userbuf: self.userbuf,
            now: self.time,
        }
    }
}

fn vector(name: &str) -> &'static Vector {
    VECTORS.iter().find(|vector| vector.name == name).expect("a vector")
}

fn read(text: &str) -> UserSig {
    decode_user_sig(text).expect("a readable UserSig")
}

fn judged(text: &str, expected: &Expected<'_>) -> Result<(), UserSigFault> {
    decode_user_sig(text)?.prove(expected)
}

#[test]
fn every_vector_is_read_and_proven() {
    for vector in &VECTORS {
        for text in [Some(vector.made_by_vendor), vector.stored].into_iter().flatten() {
            let sig = read(text);
            assert_eq!(sig.sig, vector.tls_sig, "{}", vector.name);
            assert_eq!((sig.identifier.as_str(), sig.sdkappid), (vector.identifier, vector.sdkappid));
            assert_eq!((sig.time, sig.expire), (vector.time, vector.expire));
            assert_eq!(sig.prove(&vector.expected()), Ok(()), "{}", vector.name);
        }
    }
}

#[test]
fn what_is_made_here_says_the_same() {
    for vector in &VECTORS {
        let Vector { key, sdkappid, identifier, time, expire, userbuf, .. } = vector;
        let made = user_sig(key, *sdkappid, identifier, *time, *expire, *userbuf);
        assert!(made.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"*-_".contains(&byte)));
        assert_eq!(read(&made), read(vector.made_by_vendor), "{}", vector.name);
    }
}

#[test]
fn the_signed_text_has_time_before_expire_and_ends_with_a_line_feed() {
    assert_eq!(
        read(vector("U2").made_by_vendor).signed_text(),
        "TLS.identifier:xiaojun\nTLS.sdkappid:1400000000\nTLS.time:1700000000\nTLS.expire:15552000\n\
         TLS.userbuf:YWJj\n"
    );
}

#[test]
fn n1_and_n2_are_changed_after_signing() {
    let n1 = "eAEBrABT-3siVExTLnZlciI6IjIuMCIsIlRMUy5pZGVudGlmaWVyIjoieGlhb2p1bjIiLCJUTFMuc2RrYXBwaWQiOjE0MDAwMDAwMDAsIlRMUy5leHBpcmUiOjE1NTUyMDAwLCJUTFMudGltZSI6MTcwMDAwMDAwMCwiVExTLnNpZyI6Ikx2QTdkL0l3N2dTc25za3ZWekJEUE9DQ0RidU5DdzRHSHdUQzBiaXArQjQ9In3UdTIk";
    let n2 = "eAEBqwBU-3siVExTLnZlciI6IjIuMCIsIlRMUy5pZGVudGlmaWVyIjoieGlhb2p1biIsIlRMUy5zZGthcHBpZCI6MTQwMDAwMDAwMCwiVExTLmV4cGlyZSI6MzExMDQwMDAsIlRMUy50aW1lIjoxNzAwMDAwMDAwLCJUTFMuc2lnIjoiTHZBN2QvSXc3Z1NzbnNrdlZ6QkRQT0NDRGJ1TkN3NEdId1RDMGJpcCtCND0ifarCMek_";
    let expected = vector("U1").expected();
    assert_eq!(judged(n1, &Expected { identifier: "xiaojun2", ..expected }), Err(UserSigFault::Signature));
    assert_eq!(read(n2).expire, 31_104_000);
    assert_eq!(judged(n2, &expected), Err(UserSigFault::Signature));
}

#[test]
fn n3_holds_in_its_last_second() {
    let u1 = vector("U1");
    let at = |now| judged(u1.made_by_vendor, &Expected { now, ..u1.expected() });
    assert_eq!((at(1_715_552_000), at(1_715_552_001)), (Ok(()), Err(UserSigFault::Expired)));
}

#[test]
fn n4_and_n5_are_somebody_elses() {
    let (u1, u3) = (vector("U1"), vector("U3"));
    let with_k1 = Expected { key: K1, ..u3.expected() };
    assert_eq!(judged(u3.made_by_vendor, &with_k1), Err(UserSigFault::Signature));
    let other_app = Expected { sdkappid: APP + 1, ..u1.expected() };
    assert_eq!(judged(u1.made_by_vendor, &other_app), Err(UserSigFault::OtherApp));
    let other_user = Expected { identifier: "xiaojun2", ..u1.expected() };
    assert_eq!(judged(u1.made_by_vendor, &other_user), Err(UserSigFault::OtherUser));
}

#[test]
fn n6_and_its_kin_are_malformed() {
    let u1 = vector("U1").made_by_vendor;
    let standard = u1.replace('*', "+").replace('-', "/").replace('_', "=");
    let unpadded = u1.trim_end_matches('_');
    for text in [&u1[..100], "", "eJy", "____", unpadded, &standard, &format!("{u1} "), &u1.replace("Q", "q")]
    {
        assert_eq!(decode_user_sig(text), Err(UserSigFault::Malformed), "{text}");
    }
}

#[test]
fn n7_a_userbuf_is_there_exactly_when_it_is_expected() {
    let (u1, u2) = (vector("U1"), vector("U2"));
    let without = Expected { userbuf: None, ..u2.expected() };
    assert_eq!(judged(u2.made_by_vendor, &without), Err(UserSigFault::Userbuf));
    let with = Expected { userbuf: Some(b"abc"), ..u1.expected() };
    assert_eq!(judged(u1.made_by_vendor, &with), Err(UserSigFault::Userbuf));
    let other = Expected { userbuf: Some(b"abd"), ..u2.expected() };
    assert_eq!(judged(u2.made_by_vendor, &other), Err(UserSigFault::Userbuf));
}

#[test]
fn n8_no_mistake_of_a_signer_passes() {
    let u1 = vector("U1");
    for wrong in [
        "nQh8+3wmQb1sLj3egXpAZ7ZpIV5JQgjIHcAM7+zWPSc=",
        "tTix4qGtT07elfSlNVMJMyADjavesE8BxglvPoLa294=",
        "rCyTws/JgfDC71c532blmFU9CpuHrkHgh4ctiETT+fE=",
    ] {
        let mut sig = read(u1.made_by_vendor);
        assert_ne!(sig.sig, wrong);
        wrong.clone_into(&mut sig.sig);
        assert_eq!(sig.prove(&u1.expected()), Err(UserSigFault::Signature));
    }
}
