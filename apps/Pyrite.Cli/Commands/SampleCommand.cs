using System.CommandLine;
using Pyrite.Cli.Sampling;
using Pyrite.Cli.Sharing;

namespace Pyrite.Cli.Commands;

/// <summary><c>pyrite sample</c>: draws from the posterior of an example by NUTS, prints what was found and leaves plots and draws.</summary>
internal static class SampleCommand
{
    public static Command Create(Terminal terminal, Ranks ranks)
    {
        Argument<string> example =
            new("example") { Description = "What to sample:" + SamplingExamples.List(), DefaultValueFactory = _ => "", HelpName = "example" };
        Option<int> chains = NumberOption.Integer("--chains", "Chains, run side by side; several processes (mpirun) share them.", 4, least: 1);
        Option<int> warmup =
            NumberOption.Integer("--warmup", "Transitions of each chain that adapt step size and metric and are not kept.", 1000, least: 0);
        Option<int> draws = NumberOption.Integer("--draws", "Draws of each chain.", 1000, least: 1);
        Option<int> thinning = NumberOption.Integer("--thin", "Transitions for each draw.", 1, least: 1);
        Option<int> seed = NumberOption.Integer("--seed", "The same seed gives the same draws.", 0, least: 0);
        Option<double?> acceptance =
            NumberOption.Share("--target-acceptance",
                "The acceptance probability to adapt to, between 0 and 1; more of it means smaller steps. Without it, what suits the example.");
        Option<int> depth = NumberOption.Integer("--max-tree-depth", "Trajectories have at most 2^depth - 1 steps.", 10, least: 1, most: 20);
        Option<int?> threads = NumberOption.Threads("draws");
        Option<string?> output = new("--output", "--out") { Description = "Folder to write to; without it, a folder of the example's name in runs." };
        Option<bool> noPlots = new("--no-plots") { Description = "Draw no plots." };
        Option<bool> svg = new("--svg") { Description = "Write each plot as SVG, too." };
        Option<bool> noDraws = new("--no-csv") { Description = "Write no CSV files of the draws (CmdStan's format, read by ArviZ and posterior)." };
        Option<bool> live = new("--live")
        {
            Description = "Write draws and progress while the chains run, for pyrite explore; a run that is killed keeps what it has.",
        };
        Option<bool> report = new("--report") { Description = "Write one HTML page of the run: summary, traces, pairs, the model and its data." };

        Command command = new("sample", "Draw from the posterior of an example by NUTS: prints summary and diagnostics, writes plots and draws.")
        {
            example, chains, warmup, draws, thinning, seed, acceptance, depth, threads, output, noPlots, svg, noDraws, live, report,
        };
        command.SetAction(parsed => new SamplingRun(
            new SamplingSettings(
                parsed.GetValue(example)!,
                parsed.GetValue(chains),
                parsed.GetValue(warmup),
                parsed.GetValue(draws),
                parsed.GetValue(thinning),
                parsed.GetValue(seed),
                parsed.GetValue(acceptance),
                parsed.GetValue(depth),
                parsed.GetValue(threads),
                parsed.GetValue(output),
                !parsed.GetValue(noPlots),
                parsed.GetValue(svg),
                !parsed.GetValue(noDraws),
                parsed.GetValue(live),
                parsed.GetValue(report)),
            terminal, ranks).Run());
        return command;
    }
}
