//! Stories of accounts in a generation of the trigger index, told without the index.

use crate::{
	assess, assess_portfolio,
	trigger::{file, file_portfolio, place, place_portfolio, Class, FiledLeg, Filing, Mark, Moves, Stand},
	Band, Bands, Correlation, Leg, MarginRatios, Quote, Side, Verdict,
};
use margin_math::{mul_div, Amount, Price, Ratio, Rounding, UNIT};

/// 1 as an index: with 24 decimals here, so that the 18 of a ratio are a rounding.
const ONE: u128 = 1_000_000 * UNIT;
pub const MILLION: u128 = 1_000_000;

/// An asset as the chain would have it.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
	pub decimals: u8,
	pub price: u128,
	pub stable: bool,
	pub maintenance: Ratio,
	pub size_scale: Amount,
	pub deposit_index: u128,
	pub debt_index: u128,
	/// Whether the price may be acted on, and in parts of a million the one held back or what a decayed deposit has left.
	pub verdict: Verdict,
	pub other: u128,
}

/// What can happen to an asset. Factors are in parts of a million.
#[derive(Clone, Copy, Debug)]
pub enum Change {
	Price(u128),
	DepositsEarn(u128),
	WriteOff(u128),
	DebtsGrow(u128),
	Maintenance(Ratio),
	SizeScale(Amount),
	Verdict(Verdict, u128),
	/// The last debt was repaid. Before the account is filed only.
	DebtsBeginAgain,
}

/// A leg as shares of a pool.
#[derive(Clone, Copy, Debug)]
pub struct Share {
	pub asset: usize,
	pub side: Side,
	pub shares: u128,
}

#[derive(Clone, Debug)]
pub struct Story {
	pub assets: Vec<Asset>,
	pub before: Vec<(usize, Change)>,
	pub legs: Vec<Share>,
	pub after: Vec<(usize, Change)>,
	/// Of a portfolio account: the correlations of its legs when it is filed, and each time that they are renewed.
	pub correlations: Option<Vec<[i32; 28]>>,
}

fn times(number: u128, millionths: u128) -> u128 {
	mul_div(number, millionths, MILLION, Rounding::Down).unwrap()
}

impl Asset {
	fn change(&mut self, change: Change, mark: &mut Mark) {
		match change {
			Change::Price(factor) => self.price = times(self.price, factor).max(1),
			Change::DepositsEarn(factor) => self.deposit_index = times(self.deposit_index, factor),
			Change::WriteOff(factor) => {
				mark.note_deposit_index(self.stand().deposit_index);
				self.deposit_index = times(self.deposit_index, factor);
			},
			Change::DebtsGrow(factor) => self.debt_index = times(self.debt_index, factor),
			Change::Maintenance(ratio) => {
				self.maintenance = ratio;
				mark.lower(self.maintenance, self.size_scale);
			},
			Change::SizeScale(scale) => {
				self.size_scale = scale;
				mark.lower(self.maintenance, self.size_scale);
			},
			Change::Verdict(verdict, other) => (self.verdict, self.other) = (verdict, other),
			Change::DebtsBeginAgain => self.debt_index = ONE,
		}
	}

	fn quote(&self, side: Side) -> Quote {
		let price = Price::from_raw(self.price);
		let other = Price::from_raw(times(self.price, self.other));
		let mut quote = Quote {
			verdict: self.verdict,
			..Quote::usable(price, 0)
		};
		match (self.verdict, side) {
			(Verdict::HeldBack, _) => quote.candidate = Some(other),
			(Verdict::Stale, Side::Deposit) => quote.live = price.min(other),
			_ => {},
		}
		quote
	}

	fn stand(&self) -> Stand {
		let deposit = self.quote(Side::Deposit);
		let debt = self.quote(Side::Debt);
		Stand {
			deposit_price: if deposit.is_usable() {
				deposit.live
			} else {
				deposit.highest()
			},
			debt_price: if debt.is_usable() { debt.live } else { debt.lowest() },
			debt_index: Ratio::from_raw(self.debt_index.div_ceil(MILLION)),
			deposit_index: Ratio::from_raw(self.deposit_index / MILLION),
			maintenance: self.maintenance,
			size_scale: self.size_scale,
		}
	}

	fn mark(&self) -> Mark {
		let stand = self.stand();
		Mark {
			price: Price::from_raw(self.price),
			debt_index: stand.debt_index,
			deposit_index: stand.deposit_index,
			maintenance: stand.maintenance,
			size_scale: stand.size_scale,
			highest: stand.maintenance,
			least_scale: stand.size_scale,
			stable: self.stable,
		}
	}

	/// The amount of shares, as a pool rounds it: `None` if it does not fit.
	fn amount(&self, share: &Share) -> Option<Amount> {
		let (index, rounding) = match share.side {
			Side::Deposit => (self.deposit_index, Rounding::Down),
			Side::Debt => (self.debt_index, Rounding::Up),
		};
		mul_div(share.shares, index, ONE, rounding).map(Amount)
	}

	fn leg(&self, share: &Share) -> Option<Leg<usize>> {
		let amount = self.amount(share)?;
		Some(Leg {
			asset: share.asset,
			side: share.side,
			amount,
			decimals: self.decimals,
			quote: self.quote(share.side),
			margin: MarginRatios::from_maintenance(self.maintenance)
				.unwrap()
				.for_size(amount, self.size_scale),
		})
	}
}

/// `None` if a value does not fit.
fn is_below(assets: &[Asset], legs: &[Share], bands: Option<&Bands>) -> Option<bool> {
	let legs: Option<Vec<_>> = legs.iter().map(|share| assets[share.asset].leg(share)).collect();
	let health = match bands {
		Some(bands) => assess_portfolio(&legs?, bands),
		None => assess(&legs?),
	};
	health.ok().map(|health| health.is_liquidatable())
}

/// The bands of so many legs around these correlations.
fn bands(legs: usize, correlations: &[i32; 28]) -> Bands {
	let pair = |above: usize, below: usize| above * (above - 1) / 2 + below;
	Bands::of(legs, |above, below| {
		let known = Correlation::from_ppm(correlations[pair(above, below)]);
		// A few of which nothing is known.
		Band::around(Some(known).filter(|known| known.ppm() != 0))
	})
}

fn filed(assets: &[Asset], marks: &[Mark], legs: &[Share]) -> Option<Vec<FiledLeg>> {
	let file = |share: &Share| {
		let asset = &assets[share.asset];
		let leg = asset.leg(share)?;
		Some(FiledLeg {
			slot: share.asset as u8,
			side: share.side,
			amount: leg.amount,
			decimals: leg.decimals,
			margin: leg.margin.maintenance,
			mark: marks[share.asset],
			size_scale: asset.size_scale,
		})
	};
	legs.iter().map(file).collect()
}

impl Story {
	/// Makes one debt the least with which the account ends below maintenance. Whether it does.
	fn end_barely_below(&mut self, ended: &[Asset]) -> bool {
		let bands = self.bands(|correlations| correlations.last());
		let mut legs = self.legs.clone();
		let Some(debt) = legs.iter().position(|share| share.side == Side::Debt) else {
			return false;
		};
		let mut fails = |shares| {
			legs[debt].shares = shares;
			is_below(ended, &legs, bands.as_ref())
		};
		let Some(mut high) = (0..126)
			.map(|bits| 1u128 << bits)
			.find(|shares| fails(*shares) != Some(false))
		else {
			return false;
		};
		let mut low = high / 2;
		while high - low > 1 {
			let middle = low + (high - low) / 2;
			if fails(middle) == Some(false) {
				low = middle;
			} else {
				high = middle;
			}
		}
		let found = fails(high) == Some(true);
		self.legs[debt].shares = high;
		found
	}

	/// Makes all volatile assets deposits, or all debts, and the stable ones the other side, and lets the same happen to
	/// all volatile ones after filing and nothing to the rest: then no leg hides behind a worse move of another.
	pub fn in_a_herd(mut self, volatile: Side) -> Self {
		for (number, asset) in self.assets.iter_mut().enumerate() {
			asset.stable = number % 2 == 1;
		}
		let other = match volatile {
			Side::Deposit => Side::Debt,
			Side::Debt => Side::Deposit,
		};
		self.legs.dedup_by_key(|share| share.asset);
		for share in &mut self.legs {
			share.side = if self.assets[share.asset].stable {
				other
			} else {
				volatile
			};
		}
		let herd: Vec<usize> = (0..self.assets.len()).step_by(2).collect();
		let changes = self.after.iter().filter(|(asset, _)| asset % 2 == 0).take(3);
		self.after = changes
			.flat_map(|(_, change)| herd.iter().map(|asset| (*asset, *change)))
			.collect();
		self
	}

	fn bands(&self, which: impl Fn(&[[i32; 28]]) -> Option<&[i32; 28]>) -> Option<Bands> {
		let correlations = self.correlations.as_ref()?;
		Some(bands(self.legs.len(), which(correlations)?))
	}

	/// By how much bands have widened, one time after the other: of each the largest.
	fn widened(&self) -> u64 {
		let Some(correlations) = &self.correlations else {
			return 0;
		};
		let around = |parts: i32| Band::around(Some(Correlation::from_ppm(parts)).filter(|known| known.ppm() != 0));
		let widest = |pair: &[[i32; 28]]| {
			let beyond = pair[0]
				.iter()
				.zip(&pair[1])
				.map(|(was, is)| around(*is).beyond(&around(*was)));
			u64::from(beyond.max().unwrap_or_default())
		};
		correlations.windows(2).map(widest).sum()
	}

	/// Where the account is filed.
	pub fn filing(&self, legs: &[FiledLeg]) -> Filing {
		match self.bands(|correlations| correlations.first()) {
			Some(bands) => file_portfolio(legs, &bands),
			None => file(legs),
		}
	}

	/// The same, with the distance that it was filed by.
	pub fn place(&self, legs: &[FiledLeg]) -> Option<(Class, Option<Ratio>)> {
		match self.bands(|correlations| correlations.first()) {
			Some(bands) => place_portfolio(legs, &bands),
			None => place(legs),
		}
	}

	/// Lets it happen. What the account was filed as, and the moves in the end.
	pub fn play(&mut self) -> Option<(Vec<FiledLeg>, Moves)> {
		let mut assets = self.assets.clone();
		let mut marks: Vec<Mark> = assets.iter().map(Asset::mark).collect();
		for (asset, change) in &self.before {
			assets[*asset].change(*change, &mut marks[*asset]);
		}
		let at_filing = assets.clone();
		for share in self.legs.iter().filter(|share| share.side == Side::Debt) {
			marks[share.asset].note_debt_index(assets[share.asset].stand().debt_index);
		}
		if self.correlations.is_some() {
			for share in &self.legs {
				let asset = &assets[share.asset];
				marks[share.asset].raise(asset.maintenance, asset.size_scale);
			}
		}
		let marks_at_filing = marks.clone();
		for (asset, change) in &self.after {
			assets[*asset].change(*change, &mut marks[*asset]);
		}
		if !self.end_barely_below(&assets) {
			return None;
		}
		let legs = filed(&at_filing, &marks_at_filing, &self.legs)?;
		let mut moves = Moves::default();
		for (slot, (asset, mark)) in (0..).zip(assets.iter().zip(&marks)) {
			moves.note(slot, mark, &asset.stand());
		}
		moves.note_correlations(self.widened());
		Some((legs, moves))
	}
}
