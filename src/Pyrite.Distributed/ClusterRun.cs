using System.Globalization;
using System.Reflection;
using System.Text;
using Pyrite.Binding;
using Pyrite.Endings;
using Pyrite.Launching;
using Pyrite.Messages;

namespace Pyrite;

public sealed partial class Cluster
{
    private const string ThreadsVariable = "PYRITE_THREADS";

    private static int s_starts;

    /// <summary>Whether a launcher (<c>mpirun</c>, <c>srun</c>) started this process, so that <see cref="Run"/> begins MPI.</summary>
    public static bool IsLaunched => Launcher.Find(Environment.GetEnvironmentVariable) is not null;

    /// <summary>Runs a program on all ranks that a launcher (<c>mpirun</c>, <c>srun</c>) has started; on one where none did.</summary>
    /// <remarks>
    /// <para>Make it the first thing of <c>Main</c>: it gives each rank its share of the host's processors, which counts only before the first
    /// tensor. The library of MPI is the one that fits the launcher, or the one that <c>PYRITE_MPI</c> names (openmpi, mpich, abi, or a file);
    /// without a launcher none is loaded.</para>
    /// <para>SIGTERM, SIGINT and SIGUSR1 are requests to stop, of which all ranks hear at the same step: look at
    /// <see cref="ProcessGroup.IsStopAgreed"/> after each step, save the state and return <see cref="GoOnLater"/>. A second signal ends the process
    /// at once.</para>
    /// <para>With a launcher, an exception on any rank ends all ranks: the lowest rank that failed writes who it is, what it did last and what
    /// happened to the error stream, and the exit code is 1. So do calls that do not match, a rank that exits in the middle, and a partner that does
    /// not answer within <see cref="Patience"/>. Without a launcher exceptions pass through.</para>
    /// </remarks>
    /// <param name="arguments">The arguments of the program.</param>
    /// <param name="program">What each rank runs; it returns the exit code.</param>
    /// <returns>The largest exit code of all ranks; 1 where the ranks could not be brought together, after a text on the error stream.</returns>
    /// <exception cref="InvalidOperationException">A launcher started this process, and this is the second call.</exception>
    public static int Run(string[] arguments, Func<Cluster, int> program)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(program);
        using StopSignals signals = new();
        Launcher? launcher = Launcher.Find(Environment.GetEnvironmentVariable);
        if (launcher is null)
        {
            Cluster alone = new(arguments, null, null);
            signals.Tell(alone, isPerson: true);
            return program(alone);
        }
        if (Interlocked.Increment(ref s_starts) > 1)
        {
            throw new InvalidOperationException(
                "Cluster.Run was called again in a process of a launcher; MPI starts and ends once in a process. Put all into one program.");
        }

        // Under mpirun the output of a rank looks like a terminal, but goes into a stream of lines that all ranks share: no codes for terminals.
        Environment.SetEnvironmentVariable("TERM", "dumb");
        Waiting waiting;
        try
        {
            TimeSpan patience = DefaultPatience();
            ITransport transport = MpiLibrary.Start(launcher, Environment.GetEnvironmentVariable(MpiLibrary.Variable));
            waiting = new Waiting { Patience = patience, Transport = transport };
        }
        catch (ClusterException refusal)
        {
            return Refuse(launcher, refusal);
        }
        return Begin(arguments, program, waiting, signals);
    }

    private static int Begin(string[] arguments, Func<Cluster, int> program, Waiting waiting, StopSignals signals)
    {
        Ending ending = new(waiting.Transport, waiting, Environment.MachineName);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => ending.Leave(Environment.ExitCode);
        try
        {
            Cluster cluster = new(arguments, waiting.Transport, waiting);
            cluster.Meet();
            signals.Tell(cluster, isPerson: false);
            int code = (int)cluster.Max(program(cluster), "the end of the program");
            ending.IsDone = true;
            waiting.Transport.Close();
            return code;
        }
        catch (Exception failure)
        {
            ending.Fail(failure);
            throw;
        }
    }

    /// <summary>All ranks of a job that cannot begin find the same; the first one says it, others only where the launcher has not ended them by
    /// then.</summary>
    private static int Refuse(Launcher launcher, ClusterException refusal)
    {
        if (launcher.Rank > 0)
        {
            using ManualResetEventSlim never = new();
            never.Wait(500);
        }
        Console.Error.WriteLine(refusal.Message);
        return Ending.FailureCode;
    }

    /// <summary>The ranks tell each other where they are and what they are, and share the processors.</summary>
    private void Meet()
    {
        RequireAlike(
            [new("Pyrite", typeof(Svi<>).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? ""),
                new("the library of MPI", Library)], "a cluster");
        RankPlace here = new(Environment.MachineName, Processors.AllowedHere(), Environment.ProcessorCount, Processors.OfHost());
        RankPlace[] places = [.. GatherEverywhere(Encoding.UTF8.GetBytes(here.Write()), "where the ranks are")
            .Select(text => RankPlace.Read(Encoding.UTF8.GetString(text)))];
        TakePlaces(places);
        HostShare share = HostShare.Of(Rank, places);
        Threads = ChooseThreads(share);
        if (IsFirst && share.IsBoundTightly)
        {
            Console.Error.WriteLine(
                $"The launcher bound each rank to one processor, and host {places[0].Host} has {places[0].HostProcessorCount}: mpirun does so by "
                    + "default. Start with --bind-to none (Open MPI) or -bind-to none (MPICH), or with more processors for each rank, to use them "
                    + "all.");
        }
    }

    private static int ChooseThreads(HostShare share)
    {
        string? wish = Environment.GetEnvironmentVariable(ThreadsVariable);
        if (int.TryParse(wish, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads > 0)
        {
            return threads;
        }
        Environment.SetEnvironmentVariable(ThreadsVariable, share.Threads.ToString(CultureInfo.InvariantCulture));
        return share.Threads;
    }
}
