using Pyrite.Cli;

using Interruption interruption = new();
return CommandLine.Run(args, Terminal.OfProcess(), interruption.Token);
