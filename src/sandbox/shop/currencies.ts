/** Names and symbols of the currencies the recorded shops use. */

const CURRENCIES: Readonly<
	Record< string, readonly [ name: string, symbol: string, entity: string ] >
> = {
	GBP: [ 'Pound sterling', '£', '&pound;' ],
	EUR: [ 'Euro', '€', '&euro;' ],
	USD: [ 'United States (US) dollar', '$', '&#36;' ],
	CAD: [ 'Canadian dollar', '$', '&#36;' ],
	JPY: [ 'Japanese yen', '¥', '&yen;' ],
	KWD: [ 'Kuwaiti dinar', 'د.ك', '&#x62f;.&#x643;' ],
	BRL: [ 'Brazilian real', 'R$', '&#82;&#36;' ],
	INR: [ 'Indian rupee', '₹', '&#8377;' ],
};

/** As text, in an order. */
export function symbolOf( currency: string ): string {
	return CURRENCIES[ currency ]?.[ 1 ] ?? currency;
}

/** As the data route names it; the symbol is HTML there. */
export function renderMoneyName( currency: string ): {
	code: string;
	name: string;
	symbol: string;
} {
	const [ name = currency, , symbol = currency ] =
		CURRENCIES[ currency ] ?? [];
	return { code: currency, name, symbol };
}
