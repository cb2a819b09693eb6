import { describe, expect, test } from '@jest/globals';
import {
	CODE_BYTES,
	codeKeys,
	normalizeCode,
	pairingCode,
} from '../../src/signing/pairing-code.ts';
import { proofOf, provesCode, readProof } from '../../src/signing/proof.ts';
import { rotationKey, seal, unseal } from '../../src/signing/seal.ts';
import { pairingVectors } from './vectors.ts';

const vectors = pairingVectors();
const text = ( bytes: Uint8Array | null ): string | null =>
	bytes === null ? null : Buffer.from( bytes ).toString( 'utf8' );

describe( 'a pairing code', () => {
	test( 'is four groups of five without the letters that look like others', () => {
		const all = Uint8Array.from( { length: 256 }, ( _, byte ) => byte );
		for ( let from = 0; from + CODE_BYTES <= 256; from += CODE_BYTES ) {
			expect( pairingCode( all.subarray( from ) ) ).toMatch(
				/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/
			);
		}
	} );

	test.each( vectors.typed )( 'typed as "%s" is the same code', ( typed ) => {
		expect( normalizeCode( typed ) ).toBe( vectors.keyMaterial );
		expect( codeKeys( typed ) ).toEqual( {
			proofKey: new Uint8Array( vectors.proofKey ),
			sealKey: new Uint8Array( vectors.sealKey ),
		} );
	} );
} );

describe( 'the proof', () => {
	test.each( vectors.proofs )( '$name', ( vector ) => {
		const { proofKey } = codeKeys( vector.code );
		const proof = readProof( vector.proof );
		expect(
			proof !== null && provesCode( proofKey, vector.bodyBase64, proof )
		).toBe( vector.expect );
		expect(
			proofOf( proofKey, vector.bodyBase64 ).toString( 'base64' ) ===
				vector.proof
		).toBe( vector.expect );
	} );
} );

describe( 'the sealed grant', () => {
	test( 'is the one of the vectors, byte for byte', () => {
		expect(
			seal(
				codeKeys( vectors.code ).sealKey,
				Buffer.from( vectors.grantJson ),
				vectors.proof,
				vectors.ivBase64
			)
		).toBe( vectors.sealed );
	} );

	test.each( vectors.seals )( '$name', ( vector ) => {
		const opened = unseal(
			codeKeys( vector.code ).sealKey,
			vector.sealed,
			vector.proof
		);
		expect( text( opened ) ).toBe(
			vector.opens ? vectors.grantJson : null
		);
	} );
} );

describe( 'the sealed key of a rotation', () => {
	const { rotation } = vectors;

	test( 'is the one of the vectors, and opens', () => {
		const key = rotationKey( rotation.currentSecret );
		const additional = Buffer.from( rotation.currentKeyId );
		expect(
			seal(
				key,
				Buffer.from( rotation.grantJson ),
				additional,
				rotation.ivBase64
			)
		).toBe( rotation.sealed );
		expect( text( unseal( key, rotation.sealed, additional ) ) ).toBe(
			rotation.grantJson
		);
	} );

	test.each( rotation.refused )( 'does not open: $name', ( vector ) => {
		expect(
			unseal(
				rotationKey( vector.secret ),
				vector.sealed,
				Buffer.from( vector.keyId )
			)
		).toBeNull();
	} );
} );
