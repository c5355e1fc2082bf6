import { serve } from "../gate/service/connection.js";
import type { GateService } from "../gate/service/service.js";
import { serveSocket, withinTime } from "../gate/service/socket.js";
import { EXIT, type ExitCode } from "./exit.js";
import { onceAskedToEnd } from "./signals.js";
import { standardOutput } from "./standard-streams.js";
import type { Terminal } from "./terminal.js";

/** Serves one client on standard input and output, until it ends, asks for the end, or the process is asked to end. */
export async function serveStandardStreams(service: GateService, terminal: Terminal): Promise<ExitCode> {
  await tellFault(service, terminal);
  const connection = serve(service, process.stdin, standardOutput());
  const [asked, stop] = askedToEnd(service);
  const finished = asked.then(() => {
    connection.finish();
    return withinTime(connection.closed, service);
  });
  await Promise.race([connection.closed, finished]);
  stop();
  await service.close();
  return EXIT.allow;
}

/** Serves clients on a socket, until one asks for the end, or the process is asked to end. */
export async function serveOnSocket(
  service: GateService,
  path: string,
  terminal: Terminal,
): Promise<ExitCode> {
  await tellFault(service, terminal);
  const socket = await serveSocket(service, path);
  terminal.err(`aura-scan: answering on ${socket.path}\n`);
  const [asked, stop] = askedToEnd(service);
  await asked;
  stop();
  await socket.drain();
  await service.close();
  return EXIT.allow;
}

/** When somebody asks for the end, a client or whoever runs the process; and how to stop listening for it. */
function askedToEnd(service: GateService): readonly [asked: Promise<void>, stop: () => void] {
  let stop = (): void => undefined;
  const signalled = new Promise<void>((resolve) => {
    stop = onceAskedToEnd(resolve);
  });
  return [Promise.race([signalled, service.ended]), () => stop()];
}

/** A service whose settings are broken begins all the same, and blocks until they are mended: somebody should know. */
async function tellFault(service: GateService, terminal: Terminal): Promise<void> {
  const { fault } = await service.settings();
  if (fault !== null) terminal.err(`aura-scan: nothing passes until this is mended\n${fault}\n`);
}
