using Pyrite;
using Pyrite.Cli;
using Pyrite.Cli.Sharing;

using Interruption interruption = new();
return Cluster.IsLaunched
    ? Cluster.Run(args, cluster => Run(Terminal.OfRank(cluster.IsFirst), new Ranks(cluster, interruption.Token) { IsToGoOnLater = () => true }))
    : Run(Terminal.OfProcess(), new Ranks(ProcessGroup.Alone, interruption.Token) { IsToGoOnLater = () => interruption.IsOfScheduler });

int Run(Terminal terminal, Ranks ranks)
{
    int code = CommandLine.Run(args, terminal, ranks);
    if (interruption.IsTermination && code is not (ExitCode.BadOption or ExitCode.GoOnLater))
    {
        if (ranks.IsFirst)
        {
            terminal.Error.WriteLine("Ended by a signal: what was learnt or drawn until then is saved.");
        }
        return ExitCode.BadOption;
    }
    return code;
}
