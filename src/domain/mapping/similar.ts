/**
 * Guesses by name: which of Brightpearl's records a word of the shop most likely means. Only ever
 * proposed, never used by itself.
 */

export interface Candidate< T > {
	readonly value: T;
	readonly label: string;
	/** Its name, its code. */
	readonly names: readonly string[];
}

export interface Guess< T > {
	readonly value: T;
	readonly label: string;
	readonly why: string;
}

/** Share of letter pairs that two names have in common, from which they count as alike. */
const ALIKE = 0.6;
/** Words that tell nothing apart. */
const EMPTY = new Set( [
	'the',
	'and',
	'for',
	'via',
	'payment',
	'payments',
	'gateway',
	'order',
	'orders',
	'method',
	'shipping',
	'delivery',
	'main',
	'rate',
	'card',
	'cards',
	'day',
	'days',
	'service',
	'class',
	'mail',
	'post',
	'new',
	'web',
	'awaiting',
	'pending',
] );

/** What WooCommerce and its usual extensions call their methods, in words that people use. */
const MEANT: Readonly< Record< string, readonly string[] > > = {
	bacs: [ 'bank', 'transfer' ],
	cheque: [ 'cheque', 'check' ],
	cod: [ 'cash' ],
	stripe: [ 'card', 'visa', 'mastercard' ],
	woocommerce_payments: [ 'card', 'stripe' ],
	square_credit_card: [ 'card', 'square' ],
	braintree_credit_card: [ 'card' ],
	'ppcp-gateway': [ 'paypal' ],
	ppec_paypal: [ 'paypal' ],
	free_shipping: [ 'free' ],
	local_pickup: [ 'collection', 'collect', 'pickup' ],
};

/**
 * The candidate whose name is the same, has a word in common or looks alike, in this order.
 * Null when none does, or when two do equally well.
 *
 * @param key What the shop's own code calls it (`bacs`), where that has a known meaning.
 */
export function closest< T >(
	names: readonly string[],
	candidates: readonly Candidate< T >[],
	key?: string
): Guess< T > | null {
	const own = names.filter( ( name ) => name.trim() !== '' );
	const folded = new Set( own.map( fold ) );
	return (
		onlyOne( candidates, ( candidate ) =>
			candidate.names.some( ( name ) => folded.has( fold( name ) ) )
				? 'It has the same name.'
				: null
		) ??
		onlyOne( candidates, ( candidate ) => {
			const words = new Set( own.flatMap( tellingWords ) );
			const shared = candidate.names
				.flatMap( tellingWords )
				.find( ( word ) => word.length > 2 && words.has( word ) );
			return shared === undefined ? null : `Both say “${ shared }”.`;
		} ) ??
		onlyOne( candidates, ( candidate ) => {
			const meant = key === undefined ? [] : ( meaningOf( key ) ?? [] );
			const shared = candidate.names
				.flatMap( wordsOf )
				.find( ( word ) => meant.includes( word ) );
			return shared === undefined
				? null
				: `“${ key ?? '' }” is WooCommerce’s word for it.`;
		} ) ??
		mostAlike( own, candidates )
	);
}

const meaningOf = ( key: string ): readonly string[] | undefined =>
	Object.hasOwn( MEANT, key ) ? MEANT[ key ] : undefined;

function onlyOne< T >(
	candidates: readonly Candidate< T >[],
	reason: ( candidate: Candidate< T > ) => string | null
): Guess< T > | null {
	const found = candidates.flatMap( ( candidate ) => {
		const why = reason( candidate );
		return why === null
			? []
			: [ { value: candidate.value, label: candidate.label, why } ];
	} );
	return found.length === 1 ? ( found[ 0 ] ?? null ) : null;
}

function mostAlike< T >(
	names: readonly string[],
	candidates: readonly Candidate< T >[]
): Guess< T > | null {
	// “Free delivery” and “Express delivery” are alike in nothing but “delivery”.
	const telling = ( name: string ) => fold( tellingWords( name ).join( '' ) );
	const ranked = candidates
		.map( ( candidate ) => ( {
			candidate,
			share: Math.max(
				0,
				...names.flatMap( ( name ) =>
					candidate.names.map( ( other ) =>
						alike( telling( name ), telling( other ) )
					)
				)
			),
		} ) )
		.sort( ( a, b ) => b.share - a.share );
	const [ first, second ] = ranked;
	return first === undefined ||
		first.share < ALIKE ||
		first.share === second?.share
		? null
		: {
				value: first.candidate.value,
				label: first.candidate.label,
				why: 'The names are alike.',
			};
}

const fold = ( text: string ): string =>
	text
		.normalize( 'NFKD' )
		.toLowerCase()
		.replace( /[^\p{L}\p{N}]/gu, '' );

const wordsOf = ( text: string ): string[] =>
	text
		.normalize( 'NFKD' )
		.replace( /\p{M}/gu, '' )
		.toLowerCase()
		.split( /[^\p{L}\p{N}]+/u )
		.filter( ( word ) => word !== '' );

const tellingWords = ( text: string ): string[] =>
	wordsOf( text ).filter( ( word ) => ! EMPTY.has( word ) );

/** Dice's coefficient over pairs of letters, of folded text. */
function alike( a: string, b: string ): number {
	const [ left, right ] = [ pairsOf( a ), pairsOf( b ) ];
	const shared = [ ...left ].filter( ( pair ) => right.has( pair ) ).length;
	const all = left.size + right.size;
	return all === 0 ? 0 : ( 2 * shared ) / all;
}

function pairsOf( text: string ): Set< string > {
	return new Set(
		Array.from( { length: Math.max( 0, text.length - 1 ) }, ( _, at ) =>
			text.slice( at, at + 2 )
		)
	);
}
