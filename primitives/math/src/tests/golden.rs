use crate::{exp, exp2, ln, normal_density, normal_distribution, normal_loss, pow, sqrt, Ratio, Real, Rounding};

/// What a function gives, as a raw number.
fn computed(function: &str, number: i128, exponent: &str, rounding: Rounding) -> i128 {
	let (real, ratio) = (Real::from_raw(number), Ratio::from_raw(number.unsigned_abs()));
	let result = match function {
		"sqrt" => sqrt(ratio, rounding),
		"exp" => exp(real, rounding).unwrap(),
		"exp2" => exp2(real, rounding).unwrap(),
		"ln" => return ln(ratio, rounding).unwrap().raw(),
		"pow" => pow(ratio, Real::from_raw(exponent.parse().unwrap()), rounding).unwrap(),
		"density" => normal_density(real, rounding),
		"distribution" => normal_distribution(real, rounding),
		"loss" => normal_loss(ratio, rounding),
		other => panic!("no function {other}"),
	};
	result.raw().try_into().unwrap()
}

#[test]
fn every_function_agrees_with_the_golden_file_to_the_last_digit() {
	let lines = include_str!("golden.csv").lines().filter(|line| !line.starts_with('#'));
	let mut points = 0;
	for line in lines.skip(1) {
		let fields = line.split(',').collect::<Vec<_>>();
		let (number, down) = (fields[1].parse().unwrap(), fields[3].parse::<i128>().unwrap());
		assert_eq!(computed(fields[0], number, fields[2], Rounding::Down), down, "{line}");
		assert_eq!(computed(fields[0], number, fields[2], Rounding::Up), down + 1, "{line}");
		points += 1;
	}
	assert!(points > 500);
}
