//! Laws over random input: bounded runs whose seed is printed and can be given back as `POSTIL_SEED`.

use std::fmt::Debug;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

/// Tries a law on so many random values; says the seed where it fails.
pub fn holds<S: Strategy>(cases: u32, values: &S, law: impl Fn(S::Value) -> Result<(), String>)
where
    S::Value: Debug,
{
    let seed = seed();
    println!("POSTIL_SEED={seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config { cases, max_shrink_iters: 400, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let result = runner.run(values, |value| law(value).map_err(TestCaseError::fail));
    if let Err(error) = result {
        panic!("POSTIL_SEED={seed}\n{error}");
    }
}

/// The seed that is asked for, or a new one.
fn seed() -> u64 {
    if let Some(given) = std::env::var("POSTIL_SEED").ok().and_then(|seed| seed.parse().ok()) {
        return given;
    }
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock after 1970");
    u64::try_from(now.as_nanos() % u128::from(u64::MAX)).expect("less than the largest number")
}
