/**
 * The body of an answer as text: collected up to a limit, unpacked, read as UTF-8.
 */
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

const MEGABYTE = 1024 * 1024;

/** Larger than we are ready to hold in memory. */
export class TooLarge extends Error {}

/** The peer's packing ended in the middle or is damaged. */
export class Damaged extends Error {}

const UNPACK = {
	gzip: promisify( gunzip ),
	'x-gzip': promisify( gunzip ),
	deflate: promisify( inflate ),
	br: promisify( brotliDecompress ),
};

/** What we ask for: every server has it, and lists of orders shrink to a tenth. */
export const ACCEPTED_ENCODING = 'gzip';

export async function readText(
	body: AsyncIterable< Uint8Array >,
	encoding: string | undefined,
	limit: number
): Promise< string > {
	const packed = await collect( body, limit );
	return ( await unpack( packed, encoding, limit ) ).toString( 'utf8' );
}

async function collect(
	body: AsyncIterable< Uint8Array >,
	limit: number
): Promise< Buffer > {
	const parts: Uint8Array[] = [];
	let size = 0;
	for await ( const part of body ) {
		size += part.byteLength;
		if ( size > limit ) {
			// Leaving the loop destroys the stream and its connection.
			throw tooLarge( limit );
		}
		parts.push( part );
	}
	return Buffer.concat( parts );
}

async function unpack(
	packed: Buffer,
	encoding: string | undefined,
	limit: number
): Promise< Buffer > {
	const name = encoding?.trim().toLowerCase() ?? '';
	if ( packed.length === 0 || ! isKnown( name ) ) {
		return packed;
	}
	try {
		return await UNPACK[ name ]( packed, { maxOutputLength: limit } );
	} catch ( error ) {
		if ( codeOf( error ) === 'ERR_BUFFER_TOO_LARGE' ) {
			throw tooLarge( limit );
		}
		throw new Damaged( `The ${ name } packing of the answer is damaged.` );
	}
}

function isKnown( name: string ): name is keyof typeof UNPACK {
	return Object.hasOwn( UNPACK, name );
}

function codeOf( error: unknown ): unknown {
	return typeof error === 'object' && error !== null && 'code' in error
		? error.code
		: null;
}

function tooLarge( limit: number ): TooLarge {
	return new TooLarge(
		`The answer is larger than ${ limit / MEGABYTE } MB.`
	);
}
