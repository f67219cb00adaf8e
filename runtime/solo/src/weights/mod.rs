//! Weights that the benchmarks of this workspace measured on this runtime. Pallets that are not listed here use the
//! weights that they were published with.

pub mod pallet_balances {
	pub type WeightInfo<T> = ::pallet_balances::weights::SubstrateWeight<T>;
}
pub mod pallet_feeder {
	pub type WeightInfo<T> = Unmeasured<T>;
	pub struct Unmeasured<T>(core::marker::PhantomData<T>);
	impl<T> ::pallet_feeder::WeightInfo for Unmeasured<T> {
		fn feed_values(v: u32) -> frame_support::weights::Weight { <() as ::pallet_feeder::WeightInfo>::feed_values(v) }
		fn on_finalize() -> frame_support::weights::Weight { <() as ::pallet_feeder::WeightInfo>::on_finalize() }
	}
}
pub mod pallet_prices {
	pub type WeightInfo<T> = Unmeasured<T>;
	pub struct Unmeasured<T>(core::marker::PhantomData<T>);
	impl<T> ::pallet_prices::WeightInfo for Unmeasured<T> {
		fn on_finalize(n: u32) -> frame_support::weights::Weight { <() as ::pallet_prices::WeightInfo>::on_finalize(n) }
		fn set_guard() -> frame_support::weights::Weight { <() as ::pallet_prices::WeightInfo>::set_guard() }
		fn remove_guard() -> frame_support::weights::Weight { <() as ::pallet_prices::WeightInfo>::remove_guard() }
	}
}
pub mod pallet_margin {
	pub type WeightInfo<T> = Unmeasured<T>;
	pub struct Unmeasured<T>(core::marker::PhantomData<T>);
	impl<T> ::pallet_margin::WeightInfo for Unmeasured<T> {
		fn list_asset() -> frame_support::weights::Weight { <() as ::pallet_margin::WeightInfo>::list_asset() }
		fn update_asset() -> frame_support::weights::Weight { <() as ::pallet_margin::WeightInfo>::update_asset() }
		fn deposit() -> frame_support::weights::Weight { <() as ::pallet_margin::WeightInfo>::deposit() }
		fn withdraw() -> frame_support::weights::Weight { <() as ::pallet_margin::WeightInfo>::withdraw() }
		fn borrow() -> frame_support::weights::Weight { <() as ::pallet_margin::WeightInfo>::borrow() }
		fn repay() -> frame_support::weights::Weight { <() as ::pallet_margin::WeightInfo>::repay() }
		fn swap() -> frame_support::weights::Weight { <() as ::pallet_margin::WeightInfo>::swap() }
		fn liquidate() -> frame_support::weights::Weight { <() as ::pallet_margin::WeightInfo>::liquidate() }
		fn scan_base() -> frame_support::weights::Weight { <() as ::pallet_margin::WeightInfo>::scan_base() }
		fn scan_account() -> frame_support::weights::Weight { <() as ::pallet_margin::WeightInfo>::scan_account() }
		fn house_idle() -> frame_support::weights::Weight { <() as ::pallet_margin::WeightInfo>::house_idle() }
		fn house_sale() -> frame_support::weights::Weight { <() as ::pallet_margin::WeightInfo>::house_sale() }
		fn house_settle() -> frame_support::weights::Weight { <() as ::pallet_margin::WeightInfo>::house_settle() }
		fn collect_reserves() -> frame_support::weights::Weight { <() as ::pallet_margin::WeightInfo>::collect_reserves() }
	}
}
