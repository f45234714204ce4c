using System.CommandLine;
using Pyrite.Cli.Exploring;
using Pyrite.Cli.Sharing;

namespace Pyrite.Cli.Commands;

/// <summary><c>pyrite explore</c>: pages of runs in a browser of this machine, until Ctrl-C.</summary>
internal static class ExploreCommand
{
    private const int MostPort = 65_535;

    public static Command Create(Terminal terminal, Ranks ranks)
    {
        Argument<string[]> folders = new("folder")
        {
            Description = "Folders of runs, or folders that hold such; without one, runs.",
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = "folder",
        };
        Option<int> port = NumberOption.Integer("--port", "The port to listen on; 0 for one that is free.", 0, least: 0, MostPort);
        Option<string?> data = DataFolder.Option();
        Command command = new("explore", "Show runs in the browser, while they go on and afterwards: losses, chains, posteriors, the latent plane.")
        {
            folders, port, data,
        };

        // What serves pages is loaded by this command alone.
        command.SetAction(parsed =>
        {
            ranks.RequireOne("pyrite explore");
            return Exploration.Run(
                parsed.GetValue(folders)!, parsed.GetValue(port), () => DataFolder.Load(parsed.GetValue(data)), terminal, ranks.Interruption);
        });
        return command;
    }
}
