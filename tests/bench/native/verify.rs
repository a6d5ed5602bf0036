//! A token in, its subject out, natively. `make bench` runs it: `BENCH_MATERIAL` names the file of keys and tokens that it
//! has made.

use std::{env, fs};

use criterion::{Criterion, criterion_group, criterion_main};
use peers::{Job, PEERS};
use serde_json::Value;

fn verify(criterion: &mut Criterion) {
    let file = env::var("BENCH_MATERIAL").expect("BENCH_MATERIAL names a file");
    let material: Value = serde_json::from_str(&fs::read_to_string(file).expect("a file")).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a string").to_owned();
    let (issuer, audience) = (text(&material["issuer"]), text(&material["audience"]));
    for (algorithm, of) in material["algorithms"].as_object().expect("algorithms") {
        let mut group = criterion.benchmark_group(algorithm);
        let job = Job { algorithm, jwk: &of["jwk"], issuer: &issuer, audience: &audience };
        let tokens: Vec<String> = of["tokens"].as_array().expect("tokens").iter().map(text).collect();
        let refused: Vec<String> = of["refused"].as_object().expect("tokens").values().map(text).collect();
        for (name, prepare) in PEERS {
            let Some(mut verifier) = prepare(&job) else { continue };
            assert!(verifier(&tokens[0]).is_some(), "{name} refuses {algorithm}");
            for token in &refused {
                assert!(verifier(token).is_none(), "{name} takes what must be refused");
            }
            let used = if name.ends_with("repeated token") { &tokens[..1] } else { &tokens[..] };
            let mut rotation = used.iter().cycle();
            group.bench_function(name, |bencher| bencher.iter(|| verifier(rotation.next().expect("a cycle"))));
        }
        group.finish();
    }
}

criterion_group!(benches, verify);
criterion_main!(benches);
