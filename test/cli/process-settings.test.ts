import { describe, expect, test } from '@jest/globals';
import { readProcessSettings } from '../../src/cli/process-settings.ts';

const AT = { cwd: '/home/shop', defaultDataDir: '.pearlbridge' };
const KEY = Buffer.alloc( 32, 7 ).toString( 'base64' );

describe( 'flag goes before environment goes before default', () => {
	test( 'without anything the defaults hold', () => {
		expect( readProcessSettings( {}, { PATH: '/bin' }, AT ) ).toEqual( {
			ok: true,
			value: {
				dataDir: '/home/shop/.pearlbridge',
				host: '127.0.0.1',
				port: 8780,
				publicUrl: null,
				allowedHosts: [],
				metricsToken: null,
				log: 'info',
				json: false,
				connection: null,
				timeout: 60_000,
				given: new Set(),
			},
		} );
	} );

	test( 'the environment replaces defaults', () => {
		expect(
			readProcessSettings(
				{},
				{
					PEARLBRIDGE_DATA_DIR: '/srv/pearl',
					PEARLBRIDGE_HOST: '::1',
					PEARLBRIDGE_PORT: '0',
					PEARLBRIDGE_PUBLIC_URL: 'https://hooks.example.com/pearl/',
					PEARLBRIDGE_LOG: 'silent',
					PEARLBRIDGE_KEY: KEY,
					PEARLBRIDGE_ALLOWED_HOSTS:
						' a.example,, B.example ,[fd00::7],',
					PEARLBRIDGE_METRICS_TOKEN: 'm',
				},
				AT
			)
		).toMatchObject( {
			ok: true,
			value: {
				dataDir: '/srv/pearl',
				host: '::1',
				port: 0,
				publicUrl: 'https://hooks.example.com/pearl',
				allowedHosts: [ 'a.example', 'B.example', '[fd00::7]' ],
				metricsToken: 'm',
				log: 'silent',
				given: new Set( [
					'dataDir',
					'host',
					'port',
					'publicUrl',
					'allowedHosts',
					'metricsToken',
					'log',
				] ),
			},
		} );
	} );

	test( 'flags replace the environment', () => {
		expect(
			readProcessSettings(
				{ 'data-dir': 'here', port: '9', timeout: '500ms', json: true },
				{ PEARLBRIDGE_DATA_DIR: '/srv/pearl', PEARLBRIDGE_PORT: '8' },
				AT
			)
		).toMatchObject( {
			ok: true,
			value: {
				dataDir: '/home/shop/here',
				port: 9,
				timeout: 500,
				json: true,
			},
		} );
	} );
} );

describe( 'what cannot be read is an error, never ignored', () => {
	test.each( [
		[
			{ PEARLBRIDGE_PROT: '1' },
			'PEARLBRIDGE_PROT is not a known variable (did you mean PEARLBRIDGE_PORT?).',
		],
		[
			{ PEARLBRIDGE_QQQQQQ: '1' },
			'PEARLBRIDGE_QQQQQQ is not a known variable.',
		],
		[
			{ PEARLBRIDGE_PORT: '' },
			'PEARLBRIDGE_PORT must be a port number, 0 to 65535.',
		],
		[
			{ PEARLBRIDGE_PORT: '65536' },
			'PEARLBRIDGE_PORT must be a port number, 0 to 65535.',
		],
		[
			{ PEARLBRIDGE_PORT: '80a' },
			'PEARLBRIDGE_PORT must be a port number, 0 to 65535.',
		],
		[
			{ PEARLBRIDGE_METRICS_TOKEN: 'a secret' },
			'PEARLBRIDGE_METRICS_TOKEN must be of ASCII characters without spaces.',
		],
		[
			{ PEARLBRIDGE_HOST: 'a b' },
			'PEARLBRIDGE_HOST must be a host name or address.',
		],
		[
			{ PEARLBRIDGE_DATA_DIR: '' },
			'PEARLBRIDGE_DATA_DIR must not be empty.',
		],
		[
			{ PEARLBRIDGE_LOG: 'INFO' },
			'PEARLBRIDGE_LOG must be one of debug, info, warn, error, silent.',
		],
	] )( '%j', ( env, message ) => {
		expect( readProcessSettings( {}, env, AT ) ).toMatchObject( {
			ok: false,
			exit: 2,
			error: { code: 'invalid-environment', message },
		} );
	} );

	test.each( [
		'http://hooks.example.com',
		'ftp://hooks.example.com',
		'https://user@hooks.example.com',
		'https://hooks.example.com/?a=1',
		'https://hooks.example.com/#a',
		'hooks.example.com',
		'',
	] )( 'public address %j', ( url ) => {
		expect(
			readProcessSettings( {}, { PEARLBRIDGE_PUBLIC_URL: url }, AT )
		).toMatchObject( {
			ok: false,
			error: { details: [ { path: 'PEARLBRIDGE_PUBLIC_URL' } ] },
		} );
	} );

	test.each( [
		'a.example:8780',
		'https://a.example',
		'*.example',
		'a.example;b.example',
		'a example',
	] )( 'allowed hosts %j', ( names ) => {
		expect(
			readProcessSettings( {}, { PEARLBRIDGE_ALLOWED_HOSTS: names }, AT )
		).toMatchObject( {
			ok: false,
			error: {
				details: [
					{
						path: 'PEARLBRIDGE_ALLOWED_HOSTS',
						message: expect.stringContaining( 'host names' ),
					},
				],
			},
		} );
	} );

	test( 'a bad variable is told even where a flag goes before it, with all other faults', () => {
		expect(
			readProcessSettings(
				{ port: '80', log: 'loud' },
				{ PEARLBRIDGE_PORT: 'x', PEARLBRIDGE_A: '1' },
				AT
			)
		).toMatchObject( {
			ok: false,
			error: {
				details: [
					{ path: 'PEARLBRIDGE_A' },
					{ path: 'PEARLBRIDGE_PORT' },
					{ path: '--log' },
				],
			},
		} );
	} );
} );
