/**
 * Which exchange rate holds when (platform reference, §7.5): units per base unit.
 */
import type { Account } from './account.ts';
import { fixed } from './decimal.ts';
import type { AddedRate } from './journal-model.ts';
import type { Currency } from './profile.ts';

export const isBase = ( account: Account, currency: Currency ): boolean =>
	currency.code === account.profile.baseCurrency;

export type Rate = Omit< AddedRate, 'id' >;

/** A currency's rates, the latest first; the last one is from the epoch. */
export function ratesOf( account: Account, currency: Currency ): Rate[] {
	const added = [ ...account.tables.rates.values() ].filter(
		( { currencyId } ) => currencyId === currency.id
	);
	const initial: Rate = {
		currencyId: currency.id,
		activeFrom: 0,
		rate: currency.rate,
		addedById: 0,
	};
	return [
		...added,
		...( added.some( ( { activeFrom } ) => activeFrom === 0 )
			? []
			: [ initial ] ),
	].sort( ( a, b ) => b.activeFrom - a.activeFrom );
}

export const rateAt = (
	account: Account,
	currency: Currency,
	at: number
): string =>
	isBase( account, currency )
		? fixed( 1, 6 )
		: fixed(
				ratesOf( account, currency ).find(
					( { activeFrom } ) => activeFrom <= at
				)?.rate ?? currency.rate,
				6
			);
