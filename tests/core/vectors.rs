//! Examples of the standards.

use std::{fs, path::PathBuf};

use doorward::{Algorithm, Audience, Issuer, KeySet, Policy, Rejection, UnixSeconds, verify, verify_signature};
use serde_json::{Value, json};

/// A file of the project.
pub(crate) fn read(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn any() -> Policy {
    Policy::new(Issuer::unchecked(), Audience::unchecked(), Algorithm::ALL)
}

/// RFC 7515 appendix A.2 and A.3 carry claims, so they go the whole way.
#[test]
fn rfc_7515_a2_and_a3() {
    let payload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let rs256 = json!({ "kty": "RSA", "e": "AQAB", "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddx\
        HmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-\
        bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7\
        aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ" });
    let rs256_token = format!(
        "eyJhbGciOiJSUzI1NiJ9.{payload}.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5\
        jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_d\
        O--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
    );
    let es256 = json!({ "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" });
    let es256_token = format!(
        "eyJhbGciOiJFUzI1NiJ9.{payload}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    );
    let exp = 1_300_819_380; // 2011-03-22T18:43:00Z
    for (jwk, token) in [(rs256, rs256_token), (es256, es256_token)] {
        let keys = KeySet::parse(&jwk.to_string()).unwrap();
        let access = verify(&token, &keys, &any(), UnixSeconds::new(exp)).unwrap();
        assert_eq!(access.claims().get("iss"), Some(&json!("joe")));
        let rejection = verify(&token, &keys, &any(), UnixSeconds::new(exp + 60)).unwrap_err();
        assert_eq!(rejection.code(), "token_expired");
    }
}

/// The JOSE cookbook, beside the project where it was fetched: its signatures hold, its payloads are
/// text and no claims, and what is not signed by a private key is refused.
#[test]
fn rfc_7520_and_rfc_8037() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors");
    if !folder.is_dir() {
        println!("no folder of vectors beside the project: its examples were not run");
        return;
    }
    let rows = [
        ("rfc7520/jws/4_1.rsa_v15_signature.json", None),
        ("rfc7520/jws/4_2.rsa-pss_signature.json", None),
        ("rfc7520/jws/4_3.ecdsa_signature.json", None),
        ("rfc7520/jws/4_4.hmac-sha2_integrity_protection.json", Some("algorithm_not_allowed")),
        ("rfc8037/jws.json", None),
    ];
    for (file, code) in rows {
        let text = read(&format!("../shared/vectors/{file}"));
        let example: Value = serde_json::from_str(&text).unwrap();
        let token = example["output"]["compact"].as_str().unwrap();
        let mut jwk = example["input"]["key"].clone();
        for member in ["d", "p", "q", "dp", "dq", "qi"] {
            jwk.as_object_mut().unwrap().remove(member);
        }
        let keys = KeySet::parse(&jwk.to_string()).unwrap();
        let signed = verify_signature(token, &keys, &any());
        assert_eq!(signed.as_ref().err().map(Rejection::code), code, "{file}");
        if let Ok(verified) = signed {
            assert_eq!(verified.payload(), example["input"]["payload"].as_str().unwrap().as_bytes());
            let rejection = verify(token, &keys, &any(), UnixSeconds::new(0)).unwrap_err();
            assert_eq!(rejection.code(), "claims_malformed", "{file}");
        }
    }
}
