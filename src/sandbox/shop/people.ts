/** Invented customers; nobody real is meant, and every e-mail ends in example.test. */
import type { BillingAddress } from './model.ts';
import type { SeededRandom } from './random.ts';

const FIRST = [
	'Ada',
	'Bronwen',
	'Callum',
	'Dilys',
	'Edwin',
	'Fiona',
	'Gareth',
	'Hannah',
	'Imogen',
	'Jonas',
	'Keira',
	'Lewis',
	'Maeve',
	'Nadia',
	'Oscar',
	'Priya',
	'Quentin',
	'Rosalind',
	'Siân',
	'Tomasz',
	'Una',
	'Victor',
	'Wendy',
	'Yusuf',
	'Zoë',
] as const;

const LAST = [
	'Ashworth',
	'Barrowclough',
	'Cartwright',
	'Davies',
	'Eastham',
	'Fairbrother',
	'Grimshaw',
	'Holloway',
	'Iveson',
	'Jarvis',
	'Kershaw',
	'Larkin',
	'Mistry',
	'Nowak',
	"O'Rourke",
	'Pemberton',
	'Quayle',
	'Ramsbottom',
	'Sutcliffe',
	'Thistlewood',
	'Underhill',
	'Varley',
	'Whitcombe',
	'Yates',
] as const;

const STREETS = [
	'Orchard Lane',
	'Mill Road',
	'Station Approach',
	'Church Street',
	'The Green',
	'Canal Walk',
	'Harbour View',
	'Meadow Close',
	'Priory Gardens',
	'Quarry Hill',
] as const;

const COMPANIES = [
	'Prosser & Daughters Ltd',
	'Low Barn Studio',
	'Tidewater Joinery',
	'Fern & Fell',
	'Northgate Provisions',
] as const;

type Place = readonly [ city: string, state: string, postcode: string ];

const PLACES: Readonly< Record< string, readonly Place[] > > = {
	GB: [
		[ 'Taunton', 'Somerset', 'TA1 3PF' ],
		[ 'Hebden Bridge', 'West Yorkshire', 'HX7 8EE' ],
		[ 'Ludlow', 'Shropshire', 'SY8 1AS' ],
		[ 'Whitby', 'North Yorkshire', 'YO21 3PU' ],
		[ 'Totnes', 'Devon', 'TQ9 5DR' ],
		[ 'Kelso', '', 'TD5 7BH' ],
		[ 'Conwy', '', 'LL32 8AY' ],
		[ 'Bristol', '', 'BS1 4DJ' ],
	],
	IE: [
		[ 'Kinsale', 'CO', 'P17 X2F6' ],
		[ 'Dublin', 'D', 'D02 AF30' ],
	],
	DE: [
		[ 'Lübeck', 'DE-SH', '23552' ],
		[ 'Freiburg', 'DE-BW', '79098' ],
	],
	FR: [
		[ 'Annecy', '', '74000' ],
		[ 'Nantes', '', '44000' ],
	],
	ES: [
		[ 'Girona', 'GI', '17004' ],
		[ 'La Orotava', 'TF', '38300' ],
	],
	US: [
		[ 'Hudson', 'NY', '12534' ],
		[ 'Ojai', 'CA', '93023' ],
	],
	CA: [
		[ 'Charlottetown', 'PE', 'C1A 4P3' ],
		[ 'Sherbrooke', 'QC', 'J1H 1Z1' ],
	],
	JP: [ [ '京都市', 'JP26', '604-8005' ] ],
};

/** As the block checkout stores what people type (recorded: `010`, `085`). */
export function encoded( text: string ): string {
	return text.replaceAll( '&', '&amp;' ).replaceAll( '<', '&lt;' );
}

export interface Person {
	readonly billing: BillingAddress;
	readonly ip: string;
}

export function somebody(
	random: SeededRandom,
	country: string,
	email: string | null
): Person {
	const first = random.pick( FIRST );
	const last = random.pick( LAST );
	const places = PLACES[ country ];
	const [ city, state, postcode ] = places
		? random.pick( places )
		: [ 'Springfield', '', '10000' ];
	const plain = `${ first }.${ last }`
		.normalize( 'NFD' )
		.replace( /[^A-Za-z.]/g, '' )
		.toLowerCase();
	return {
		ip: `203.0.113.${ random.between( 1, 254 ) }`,
		billing: {
			first_name: first,
			last_name: last,
			company: random.chance( 0.12 )
				? encoded( random.pick( COMPANIES ) )
				: '',
			address_1: `${ random.between( 1, 199 ) } ${ random.pick( STREETS ) }`,
			address_2: random.chance( 0.15 )
				? `Flat ${ random.between( 1, 12 ) }`
				: '',
			city,
			state,
			postcode,
			country,
			email: email ?? `${ plain }@example.test`,
			phone: random.chance( 0.85 )
				? `01632 960${ String( random.between( 0, 999 ) ).padStart( 3, '0' ) }`
				: '',
		},
	};
}
