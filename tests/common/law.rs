//! Laws over random input: bounded runs with one seed, which `POSTIL_SEED` changes and `POSTIL_CASES` makes longer.

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
    let config = Config { cases: cases * more(), max_shrink_iters: 400, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let result = runner.run(values, |value| law(value).map_err(TestCaseError::fail));
    if let Err(error) = result {
        panic!("POSTIL_SEED={seed}\n{error}");
    }
}

/// The seed that is asked for. Without one it is always the same, so that a test run tells of the change that is tested
/// and of nothing else; `POSTIL_SEED=random` looks for what no run has met yet.
fn seed() -> u64 {
    match std::env::var("POSTIL_SEED").as_deref() {
        Ok("random") => {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock after 1970");
            u64::try_from(now.as_nanos() % u128::from(u64::MAX)).expect("less than the largest number")
        }
        Ok(given) => given.parse().expect("POSTIL_SEED is a number, or `random`"),
        Err(_) => 0x5eed,
    }
}

/// How many cases are tried: so many, or as many times more as `POSTIL_CASES` says.
fn more() -> u32 {
    std::env::var("POSTIL_CASES").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}
