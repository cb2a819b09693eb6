/**
 * The box on the screen of an order: asks the console's routes of this site, with the person's
 * cookie and nonce (wp.apiFetch), and shows the answer. Everything from outside becomes text
 * (textContent), never markup. Shipped as it stands, without a build.
 */
( function ( wp ) {
	const { __, sprintf } = wp.i18n;
	const ENTRIES = 8;
	/** The plugin waits 5 s for a read and 15 s for a command; the operation must end before. */
	const WAIT = { read: 4000, command: 13000 };

	const STATES = {
		queued: __( 'Queued', 'pearlbridge' ),
		working: __( 'Working', 'pearlbridge' ),
		retrying: __( 'Retrying', 'pearlbridge' ),
		synced: __( 'Synced', 'pearlbridge' ),
		problem: __( 'Problem', 'pearlbridge' ),
		held: __( 'Held', 'pearlbridge' ),
		ignored: __( 'Ignored', 'pearlbridge' ),
		'not-due': __( 'Not due', 'pearlbridge' ),
	};
	const STEPS = {
		EnsureContact: __( 'Contact', 'pearlbridge' ),
		CreateOrder: __( 'Sales order', 'pearlbridge' ),
		RecordPayment: __( 'Payment', 'pearlbridge' ),
		Allocate: __( 'Stock allocation', 'pearlbridge' ),
		AmendOrder: __( 'Changes to the sales order', 'pearlbridge' ),
		CancelOrder: __( 'Cancellation', 'pearlbridge' ),
		CreateCredit: __( 'Sales credit', 'pearlbridge' ),
		RecordRefund: __( 'Money paid back', 'pearlbridge' ),
		ReversePayment: __( 'Payment taken back', 'pearlbridge' ),
		ReverseRefund: __( 'Paid-back money taken back', 'pearlbridge' ),
		EmptyCredit: __( 'Sales credit emptied', 'pearlbridge' ),
		AddNote: __( 'Note', 'pearlbridge' ),
		SetCustomFields: __( 'Custom fields', 'pearlbridge' ),
		SetStatus: __( 'Status', 'pearlbridge' ),
		CloseOrder: __( 'Invoice', 'pearlbridge' ),
		Verify: __( 'Proof', 'pearlbridge' ),
	};
	const OUTCOMES = {
		done: __( 'done', 'pearlbridge' ),
		found: __( 'found, nothing to make', 'pearlbridge' ),
		intent: __( 'begun, no outcome yet', 'pearlbridge' ),
		retry: __( 'did not work, tried again later', 'pearlbridge' ),
		unknown: __(
			'the answer was lost, looked up before anything is made again',
			'pearlbridge'
		),
		refused: __( 'refused', 'pearlbridge' ),
	};
	/** A newer service may say what this script does not know. */
	const word = ( words, name ) =>
		Object.hasOwn( words, name ) ? words[ name ] : String( name );

	function element( name, text, children = [] ) {
		const made = document.createElement( name );
		if ( text !== null ) {
			made.textContent = text;
		}
		made.append( ...children );
		return made;
	}

	/** Of the texts there are. */
	const paragraphs = ( ...texts ) =>
		texts.filter( Boolean ).map( ( text ) => element( 'p', text ) );

	/** The same key again would be the same click. */
	function newKey() {
		const bytes = window.crypto.getRandomValues( new Uint8Array( 16 ) );
		return Array.from( bytes, ( byte ) =>
			byte.toString( 16 ).padStart( 2, '0' )
		).join( '' );
	}

	/** The body of the answer; throws `{ code, message, fix }`. */
	async function ask( route, input, kind ) {
		let answer;
		try {
			answer = await wp.apiFetch( {
				path: `/pearlbridge/v1/console/${ route }`,
				method: 'POST',
				data: {
					input,
					timeout: WAIT[ kind ],
					idempotencyKey: kind === 'command' ? newKey() : null,
				},
			} );
		} catch ( thrown ) {
			throw asFailure( thrown, thrown?.data?.fix );
		}
		const body = answer?.body;
		if ( body?.error ) {
			throw asFailure( body.error, body.error.fix );
		}
		if ( ! body ) {
			throw asFailure( null, null );
		}
		return body;
	}

	function asFailure( said, fix ) {
		// WordPress puts markup into some messages.
		const message =
			typeof said?.message === 'string'
				? said.message.replaceAll( /<[^>]*>/g, '' ).trim()
				: '';
		return {
			code: said?.code ?? null,
			message:
				message ||
				__(
					'The answer could not be read. Reload the page.',
					'pearlbridge'
				),
			fix: typeof fix === 'string' ? fix : null,
		};
	}

	function start( box ) {
		const orderId = Number( box.dataset.order );
		const facts = box.querySelector( '.pearlbridge-order-box__facts' );
		const message = box.querySelector( '.pearlbridge-order-box__message' );
		const bar = box.querySelector( '.pearlbridge-order-box__buttons' );
		let buttons = [];

		/** Of commands that take several orders: what is said of this one. */
		async function askForOne( route, input ) {
			const { results } = await ask(
				route,
				{ orderIds: [ orderId ], ...input },
				'command'
			);
			const result = results?.[ 0 ];
			if ( ! result || result.error ) {
				throw asFailure( result?.error, result?.error?.fix );
			}
			return result;
		}

		function say( ...lines ) {
			message.replaceChildren( ...paragraphs( ...lines ) );
		}

		/** One thing at a time; a failure is told in words, and what was shown stays. */
		async function run( work ) {
			const focused = buttons.indexOf( document.activeElement );
			box.setAttribute( 'aria-busy', 'true' );
			buttons.forEach( ( button ) => ( button.disabled = true ) );
			try {
				await work();
			} catch ( failure ) {
				const told = 'fix' in failure ? failure : asFailure();
				say( told.message, told.fix );
			}
			box.setAttribute( 'aria-busy', 'false' );
			buttons.forEach( ( button ) => ( button.disabled = false ) );
			if ( focused !== -1 ) {
				// Disabling took the focus away.
				buttons[ Math.min( focused, buttons.length - 1 ) ]?.focus();
			}
		}

		function offer( deeds ) {
			buttons = deeds.map( ( [ text, work ] ) => {
				const button = element( 'button', text );
				// The box stands inside the form of the order.
				button.type = 'button';
				button.className = 'button';
				button.addEventListener( 'click', () => run( work ) );
				return button;
			} );
			bar.replaceChildren(
				...buttons.flatMap( ( button ) => [ button, ' ' ] )
			);
		}

		function show( order ) {
			const lines = [
				element( 'p', null, [
					element( 'strong', word( STATES, order.state ) ),
				] ),
			];
			/* translators: %s: number of the sales order in Brightpearl. */
			const number = __( 'Sales order %s', 'pearlbridge' );
			lines.push(
				...paragraphs(
					order.salesOrderId && sprintf( number, order.salesOrderId ),
					order.problem?.message,
					order.problem?.fix
				)
			);
			const entries = lastOf( order.journal ?? [] );
			if ( entries.length > 0 ) {
				lines.push( element( 'ul', null, entries.map( line ) ) );
			}
			facts.replaceChildren( ...lines );
			const waits = order.state === 'held' || order.state === 'ignored';
			offer( [
				...( waits ? [] : [ PUSH, PREVIEW ] ),
				waits ? RELEASE : HOLD,
			] );
		}

		async function load() {
			try {
				show( await ask( 'orders-show', { orderId }, 'read' ) );
			} catch ( failure ) {
				if ( failure.code === 'unknown-order' ) {
					const text = __( 'Not in Pearlbridge yet.', 'pearlbridge' );
					facts.replaceChildren( ...paragraphs( text ) );
					offer( [ PUSH, PREVIEW ] );
					return;
				}
				if ( buttons.length === 0 ) {
					offer( [ AGAIN ] );
				}
				throw failure;
			}
		}

		async function push() {
			say( __( 'Pushing…', 'pearlbridge' ) );
			show( await askForOne( 'orders-push', { wait: true } ) );
			say();
			wp.a11y.speak( facts.firstElementChild.textContent );
		}

		async function preview() {
			say( __( 'Working out what would be done…', 'pearlbridge' ) );
			const { plan, problem } = await askForOne( 'orders-push', {
				dryRun: true,
			} );
			const steps = plan?.steps ?? [];
			if ( steps.length === 0 ) {
				say(
					problem
						? problem.message
						: __( 'There is nothing to do.', 'pearlbridge' ),
					problem?.fix
				);
				return;
			}
			say(
				__( 'This would be done; nothing was written:', 'pearlbridge' )
			);
			const items = steps.map( ( { summary } ) =>
				element( 'li', summary )
			);
			message.append( element( 'ol', null, items ) );
		}

		async function decide( decision ) {
			say();
			await askForOne( 'orders-decide', { decision } );
			await load();
			wp.a11y.speak( facts.firstElementChild.textContent );
		}

		const PUSH = [ __( 'Push now', 'pearlbridge' ), push ];
		const PREVIEW = [ __( 'Preview', 'pearlbridge' ), preview ];
		const AGAIN = [
			__( 'Try again', 'pearlbridge' ),
			() => load().then( () => say() ),
		];
		const HOLD = [ __( 'Hold', 'pearlbridge' ), () => decide( 'hold' ) ];
		const RELEASE = [
			__( 'Release', 'pearlbridge' ),
			() => decide( 'release' ),
		];
		run( load );
	}

	/** Newest first; a beginning is told only while its outcome is not known. */
	function lastOf( journal ) {
		return journal
			.filter(
				( { outcome }, at ) =>
					outcome !== 'intent' || at === journal.length - 1
			)
			.slice( -ENTRIES )
			.reverse();
	}

	function line( entry ) {
		const time = element( 'time', new Date( entry.at ).toLocaleString() );
		time.dateTime = entry.at;
		const what = `${ word( STEPS, entry.step ) }: ${ word( OUTCOMES, entry.outcome ) }`;
		return element( 'li', null, [
			time,
			` ${ what }${ entry.message ? ` – ${ entry.message }` : '' }`,
		] );
	}

	document.querySelectorAll( '.pearlbridge-order-box' ).forEach( start );
} )( window.wp );
