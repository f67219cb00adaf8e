//! Several calls at once, several signers for one account, and one signer for another's account.

use crate::{units::deposit, Balance, Balances, OriginCaller, Runtime, RuntimeCall, RuntimeEvent, System};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU32, InstanceFilter},
};
use scale_info::TypeInfo;
use sp_runtime::{traits::BlakeTwo256, RuntimeDebug};

impl pallet_utility::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// For an operation that waits for signatures.
	pub const MultisigDeposit: Balance = deposit(1, 88);
	/// For each signature that it waits for: an account's id.
	pub const MultisigSignerDeposit: Balance = deposit(0, 32);
	/// For an account's list of proxies.
	pub const ProxiesDeposit: Balance = deposit(1, 8);
	/// For each proxy: its id, type and delay.
	pub const ProxyDeposit: Balance = deposit(0, 37);
	/// For a proxy's list of announcements.
	pub const AnnouncementsDeposit: Balance = deposit(1, 8);
	/// For each announcement: the account's id, the call's hash and the block.
	pub const AnnouncementDeposit: Balance = deposit(0, 68);
}

impl pallet_multisig::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type DepositBase = MultisigDeposit;
	type DepositFactor = MultisigSignerDeposit;
	type MaxSignatories = ConstU32<100>;
	type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
	type BlockNumberProvider = System;
}

/// What a proxy may do for the account that named it.
#[derive(
	Copy,
	Clone,
	Eq,
	PartialEq,
	Ord,
	PartialOrd,
	Encode,
	Decode,
	DecodeWithMemTracking,
	RuntimeDebug,
	MaxEncodedLen,
	TypeInfo,
	Default,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	Any,
	/// Trades in the margin accounts, at auctions too, and brings tokens from the wallet into them. It takes nothing out. At what price it
	/// trades is in its hands.
	Trade,
}

/// Whether a call leaves everything that an account has inside its margin accounts.
fn trades(call: &pallet_margin::Call<Runtime>) -> bool {
	use pallet_margin::Call;
	matches!(
		call,
		Call::swap { .. }
			| Call::open { .. }
			| Call::close { .. }
			| Call::deposit_and_open { .. }
			| Call::deposit { .. }
			| Call::repay { .. }
			| Call::open_account { .. }
			| Call::transfer { .. }
	)
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		use pallet_utility::Call::{batch, batch_all, force_batch};
		match self {
			ProxyType::Any => true,
			ProxyType::Trade => match call {
				RuntimeCall::Margin(call) => trades(call),
				RuntimeCall::Auctions(pallet_auctions::Call::take { .. }) => true,
				// The filter stays with the origin: each call of a batch meets it again.
				RuntimeCall::Utility(batch { .. } | batch_all { .. } | force_batch { .. }) => true,
				_ => false,
			},
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		*self == ProxyType::Any || self == other
	}
}

impl pallet_proxy::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ProxyType;
	type ProxyDepositBase = ProxiesDeposit;
	type ProxyDepositFactor = ProxyDeposit;
	type MaxProxies = ConstU32<32>;
	type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
	type MaxPending = ConstU32<32>;
	type CallHasher = BlakeTwo256;
	type AnnouncementDepositBase = AnnouncementsDeposit;
	type AnnouncementDepositFactor = AnnouncementDeposit;
	type BlockNumberProvider = System;
}
