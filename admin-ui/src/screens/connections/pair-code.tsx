/** A one-time code with which the plugin of one shop becomes a part of this. */
import { useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { useCommand } from '../../api/client.tsx';
import {
	CommandButton,
	ErrorNotice,
	announce,
	notify,
} from '../../components/index.ts';
import { timeLeft } from './time-left.ts';

export function PairCode( {
	connection,
}: {
	/** Null = pairing makes a new connection. */
	readonly connection: string | null;
} ) {
	const pair = useCommand( 'pair' );
	const { value } = pair;
	const left = useTimeLeft( value?.expiresAt ?? null );
	const make = async (): Promise< void > => {
		const answer = await pair.run( { connection } );
		if ( answer.ok ) {
			announce(
				__(
					'A pairing code is shown. It is good for ten minutes.',
					'pearlbridge'
				)
			);
		}
	};
	return (
		<>
			<ErrorNotice error={ pair.error } />
			{ value !== null && left !== null && (
				<>
					<div className="pb-code">
						<code>{ value.code }</code>
						<CommandButton
							size="compact"
							onClick={ () => void copy( value.code ) }
						>
							{ __( 'Copy', 'pearlbridge' ) }
						</CommandButton>
						<span className="pb-muted pb-number" role="timer">
							{ sprintf(
								/* translators: %s: minutes and seconds, such as 9:41 */
								__( 'good for %s', 'pearlbridge' ),
								left
							) }
						</span>
					</div>
					<ol className="pb-guide">
						<li>
							<h3>
								{ __(
									'Install the plugin Pearlbridge in the shop',
									'pearlbridge'
								) }
							</h3>
							<p className="pb-muted">
								{ __(
									'WordPress → Plugins → Add New → Upload.',
									'pearlbridge'
								) }
							</p>
						</li>
						<li>
							<h3>
								{ __(
									'Open WooCommerce → Pearlbridge there',
									'pearlbridge'
								) }
							</h3>
						</li>
						<li>
							<h3>
								{ __(
									'Type the address of this service and the code',
									'pearlbridge'
								) }
							</h3>
							<p className="pb-muted">
								{ sprintf(
									/* translators: %s: address of this page */
									__(
										'The shop must be able to reach the address. You opened this page at %s.',
										'pearlbridge'
									),
									`${ window.location.origin }${ window.location.pathname.replace( /\/$/, '' ) }`
								) }
							</p>
						</li>
					</ol>
					<p className="pb-muted">
						{ __(
							'It works once. This page shows the shop as soon as it is paired.',
							'pearlbridge'
						) }
					</p>
				</>
			) }
			{ value !== null && left === null && (
				<p>{ __( 'The code has run out.', 'pearlbridge' ) }</p>
			) }
			<div className="pb-actions">
				<CommandButton
					variant={ left === null ? 'primary' : 'secondary' }
					busy={ pair.busy }
					onClick={ () => void make() }
				>
					{ value === null
						? __( 'Make a pairing code', 'pearlbridge' )
						: __( 'Make a new code', 'pearlbridge' ) }
				</CommandButton>
			</div>
		</>
	);
}

/** Null = none, or run out. */
function useTimeLeft( until: string | null ): string | null {
	const [ now, setNow ] = useState( Date.now );
	useEffect( () => {
		if ( until === null ) {
			return undefined;
		}
		setNow( Date.now() );
		const timer = window.setInterval( () => setNow( Date.now() ), 1000 );
		return () => window.clearInterval( timer );
	}, [ until ] );
	return until === null ? null : timeLeft( until, now );
}

/** The clipboard exists only where the page came safely. */
async function copy( code: string ): Promise< void > {
	try {
		await navigator.clipboard.writeText( code );
		notify( __( 'The code is copied.', 'pearlbridge' ) );
	} catch {
		notify(
			__(
				'The browser does not let us copy: select the code and copy it yourself.',
				'pearlbridge'
			),
			'warning'
		);
	}
}
