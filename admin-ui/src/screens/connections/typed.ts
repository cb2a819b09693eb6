/** Single texts of the form of a connection, as the service wants them. */

export function accountOf( text: string ): string {
	return text.trim().toLowerCase();
}

/** People copy the whole address. A sandbox's `http:` one says where it is, and stays. */
export function domainOf( text: string ): string {
	const trimmed = text.trim();
	return /^http:/i.test( trimmed )
		? trimmed
		: trimmed
				.replace( /^https:\/\//i, '' )
				.replace( /\/.*$/, '' )
				.toLowerCase();
}

export function required( text: string ): string | undefined {
	return text.trim() === '' ? undefined : text.trim();
}

export function numberOf( text: string ): number | string {
	return /^\d+$/.test( text.trim() ) ? Number( text ) : text;
}

/** A name from the shop's address, for who has not given one. */
export function suggestedName( url: string ): string {
	try {
		return new URL( url ).hostname
			.replace( /^www\./, '' )
			.toLowerCase()
			.replace( /[^a-z0-9-]/g, '-' )
			.slice( 0, 40 );
	} catch {
		return '';
	}
}
