using Pyrite.Cli;

using Interruption interruption = new();
Terminal terminal = Terminal.OfProcess();
int code = CommandLine.Run(args, terminal, interruption.Token);
if (interruption.IsTermination && code != ExitCode.BadOption)
{
    terminal.Error.WriteLine("Ended by a signal: what was learnt or drawn until then is saved.");
    return ExitCode.BadOption;
}
return code;
