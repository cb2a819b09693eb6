import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ApiError } from '../../host.ts';
import { Checkbox, TextInput } from '../../components/form/inputs.tsx';
import {
	CommandButton,
	ErrorNotice,
	Note,
	Panel,
} from '../../components/index.ts';
import { groupedCode, needsConfirmation } from './guide.ts';
import type { Pairing } from './use-pairing.ts';

/** Three steps to a pairing. */
export function Unpaired( {
	pairing: { run, busy, view },
	onPaired,
}: {
	readonly pairing: Pairing;
	readonly onPaired: () => void;
} ) {
	const [ url, setUrl ] = useState( '' );
	const [ code, setCode ] = useState( '' );
	const [ confirmed, setConfirmed ] = useState( false );
	const [ error, setError ] = useState< ApiError | null >( null );
	const http = needsConfirmation( url );
	const pair = async (): Promise< void > => {
		setError( null );
		const answer = await run( {
			path: 'pairing',
			data: {
				url: url.trim(),
				code: code.trim(),
				confirmHttp: http && confirmed,
			},
		} );
		if ( answer.ok ) {
			onPaired();
		} else {
			setError( answer.error );
		}
	};
	const faultAt = ( path: string ): boolean =>
		error?.details?.some( ( detail ) => detail.path === path ) === true;
	return (
		<div className="pb-narrow pb-stack">
			{ view?.secretFromConfig === true && (
				<Note status="warning">
					{ __(
						'PEARLBRIDGE_SECRET stands in wp-config.php. A new pairing brings a new secret: remove the line first.',
						'pearlbridge'
					) }
				</Note>
			) }
			<Panel title={ __( 'Pair this shop', 'pearlbridge' ) }>
				<ol className="pb-guide">
					<li>
						<h3>
							{ __(
								'Start the Pearlbridge service',
								'pearlbridge'
							) }
						</h3>
						<p className="pb-muted">
							{ __(
								'It runs beside the shop, on a server of yours, and does the work. Its instructions say how.',
								'pearlbridge'
							) }
						</p>
						<pre tabIndex={ 0 }>
							<code>pearlbridge serve</code>
						</pre>
					</li>
					<li>
						<h3>{ __( 'Ask it for a code', 'pearlbridge' ) }</h3>
						<p className="pb-muted">
							{ __(
								'On its machine, or in its console under Connections. The code works once, for ten minutes.',
								'pearlbridge'
							) }
						</p>
						<pre tabIndex={ 0 }>
							<code>pearlbridge pair</code>
						</pre>
					</li>
					<li>
						<h3>
							{ __(
								'Type its address and the code',
								'pearlbridge'
							) }
						</h3>
						<ErrorNotice error={ error } />
						<form
							className="pb-form"
							noValidate
							onSubmit={ ( event ) => {
								event.preventDefault();
								if ( busy === null ) {
									void pair();
								}
							} }
						>
							<label>
								{ __(
									'Address of the service',
									'pearlbridge'
								) }
								<TextInput
									type="url"
									inputMode="url"
									autoCapitalize="off"
									placeholder="https://bridge.example.com"
									aria-invalid={
										faultAt( 'url' ) ? true : undefined
									}
									value={ url }
									onChange={ ( text ) => {
										setUrl( text.trimStart() );
										setConfirmed( false );
									} }
								/>
							</label>
							{ http && (
								<Note status="warning">
									<p>
										{ __(
											'Over plain http, whoever shares the network with the service can read what is exchanged. It is only allowed on a private network.',
											'pearlbridge'
										) }
									</p>
									<Checkbox
										label={ __(
											'The network between the shop and the service is mine alone',
											'pearlbridge'
										) }
										checked={ confirmed }
										onChange={ setConfirmed }
									/>
								</Note>
							) }
							<label>
								{ __( 'Pairing code', 'pearlbridge' ) }
								<TextInput
									autoCapitalize="characters"
									placeholder="XXXXX-XXXXX-XXXXX-XXXXX"
									aria-invalid={
										faultAt( 'code' ) ? true : undefined
									}
									value={ code }
									onChange={ ( text ) =>
										setCode(
											// Not while something in the middle is put right.
											text.length > code.length
												? groupedCode( text )
												: text
										)
									}
								/>
							</label>
							<div>
								<CommandButton
									variant="primary"
									type="submit"
									busy={ busy !== null }
									disabled={
										url.trim() === '' ||
										code.trim() === '' ||
										( http && ! confirmed )
									}
								>
									{ busy === null
										? __( 'Pair', 'pearlbridge' )
										: __( 'Pairing…', 'pearlbridge' ) }
								</CommandButton>
							</div>
						</form>
					</li>
				</ol>
			</Panel>
		</div>
	);
}
