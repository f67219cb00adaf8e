//! What clients and the node may call beside what every chain of ours answers: collation, and XCM.

/// Implements the given interfaces and those of this runtime alone.
macro_rules! implement_apis {
	($($shared:tt)*) => {
		sp_api::impl_runtime_apis! {
			$($shared)*

			impl cumulus_primitives_core::CollectCollationInfo<Block> for Runtime {
				fn collect_collation_info(
					header: &<Block as BlockT>::Header,
				) -> cumulus_primitives_core::CollationInfo {
					crate::ParachainSystem::collect_collation_info(header)
				}
			}

			impl cumulus_primitives_core::GetCoreSelectorApi<Block> for Runtime {
				fn core_selector() -> (cumulus_primitives_core::CoreSelector, cumulus_primitives_core::ClaimQueueOffset) {
					crate::ParachainSystem::core_selector()
				}
			}

			impl cumulus_primitives_core::RelayParentOffsetApi<Block> for Runtime {
				fn relay_parent_offset() -> u32 {
					0
				}
			}

			impl cumulus_primitives_aura::AuraUnincludedSegmentApi<Block> for Runtime {
				fn can_build_upon(
					included_hash: <Block as BlockT>::Hash,
					slot: cumulus_primitives_aura::Slot,
				) -> bool {
					crate::consensus::ConsensusHook::can_build_upon(included_hash, slot)
				}
			}

			impl xcm_runtime_apis::fees::XcmPaymentApi<Block> for Runtime {
				fn query_acceptable_payment_assets(
					version: xcm::Version,
				) -> Result<Vec<xcm::VersionedAssetId>, xcm_runtime_apis::fees::Error> {
					crate::PolkadotXcm::query_acceptable_payment_assets(version, crate::xcm_config::fees::accepted())
				}

				fn query_weight_to_asset_fee(
					weight: Weight,
					asset: xcm::VersionedAssetId,
				) -> Result<u128, xcm_runtime_apis::fees::Error> {
					crate::xcm_config::fees::quote(weight, asset)
				}

				fn query_xcm_weight(message: xcm::VersionedXcm<()>) -> Result<Weight, xcm_runtime_apis::fees::Error> {
					crate::PolkadotXcm::query_xcm_weight(message)
				}

				fn query_delivery_fees(
					destination: xcm::VersionedLocation,
					message: xcm::VersionedXcm<()>,
				) -> Result<xcm::VersionedAssets, xcm_runtime_apis::fees::Error> {
					crate::PolkadotXcm::query_delivery_fees(destination, message)
				}
			}

			impl xcm_runtime_apis::dry_run::DryRunApi<Block, RuntimeCall, crate::RuntimeEvent, crate::OriginCaller>
				for Runtime
			{
				fn dry_run_call(
					origin: crate::OriginCaller,
					call: RuntimeCall,
					result_xcms_version: xcm::Version,
				) -> Result<
					xcm_runtime_apis::dry_run::CallDryRunEffects<crate::RuntimeEvent>,
					xcm_runtime_apis::dry_run::Error,
				> {
					crate::PolkadotXcm::dry_run_call::<
						Runtime,
						crate::xcm_config::Transport,
						crate::OriginCaller,
						RuntimeCall,
					>(origin, call, result_xcms_version)
				}

				fn dry_run_xcm(
					origin: xcm::VersionedLocation,
					program: xcm::VersionedXcm<RuntimeCall>,
				) -> Result<
					xcm_runtime_apis::dry_run::XcmDryRunEffects<crate::RuntimeEvent>,
					xcm_runtime_apis::dry_run::Error,
				> {
					crate::PolkadotXcm::dry_run_xcm::<
						Runtime,
						crate::xcm_config::Transport,
						RuntimeCall,
						crate::xcm_config::XcmConfig,
					>(origin, program)
				}
			}

			impl xcm_runtime_apis::conversions::LocationToAccountApi<Block, AccountId> for Runtime {
				fn convert_location(
					location: xcm::VersionedLocation,
				) -> Result<AccountId, xcm_runtime_apis::conversions::Error> {
					xcm_runtime_apis::conversions::LocationToAccountHelper::<
						AccountId,
						crate::xcm_config::LocationToAccountId,
					>::convert_location(location)
				}
			}

			impl xcm_runtime_apis::trusted_query::TrustedQueryApi<Block> for Runtime {
				fn is_trusted_reserve(
					asset: xcm::VersionedAsset,
					location: xcm::VersionedLocation,
				) -> xcm_runtime_apis::trusted_query::XcmTrustedQueryResult {
					crate::PolkadotXcm::is_trusted_reserve(asset, location)
				}

				fn is_trusted_teleporter(
					asset: xcm::VersionedAsset,
					location: xcm::VersionedLocation,
				) -> xcm_runtime_apis::trusted_query::XcmTrustedQueryResult {
					crate::PolkadotXcm::is_trusted_teleporter(asset, location)
				}
			}
		}
	};
}
pub(crate) use implement_apis;
