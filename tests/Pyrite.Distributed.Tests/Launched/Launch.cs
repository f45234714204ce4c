using System.Diagnostics;
using Pyrite.Tests;

namespace Pyrite.Launched;

/// <summary>How a launched run ended.</summary>
internal sealed record LaunchedRun(int Code, string Output, string Errors, TimeSpan Took)
{
    public string All => $"exit code {Code} after {Took.TotalSeconds:0.0} s\n{Output}\n{Errors}";
}

/// <summary>Starts the program of the tests under a launcher of MPI, with a limit of time, and looks that nothing is left of it.</summary>
internal sealed class Launch : IDisposable
{
    private static readonly Lazy<string?> OpenMpiFound = new(() => Find("mpirun.openmpi", "mpirun", "Open"));
    private static readonly Lazy<string?> MpichFound = new(() => Find("mpiexec.hydra", "mpiexec.mpich", "HYDRA"));

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-mpi").FullName;

    public static string? OpenMpi => OpenMpiFound.Value;

    public static string? Mpich => MpichFound.Value;

    /// <summary>A folder for files of the run.</summary>
    public string Folder => folder;

    /// <summary>Variables of the run.</summary>
    public Dictionary<string, string> Variables { get; } = new() { ["PYRITE_THREADS"] = "1" };

    /// <summary>The longest time a run may take.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Runs to the end.</summary>
    public LaunchedRun OnRanks(int ranks, params string[] arguments) => On(OpenMpi!, ranks, arguments);

    /// <summary>Runs to the end under the launcher of MPICH.</summary>
    public LaunchedRun OnMpich(int ranks, params string[] arguments) => On(Mpich!, ranks, arguments);

    /// <summary>Runs to the end without a launcher.</summary>
    public LaunchedRun Alone(params string[] arguments) =>
        Finish(Start(Environment.ProcessPath!, ["exec", Program, .. arguments]), Stopwatch.StartNew());

    /// <summary>Starts a run, to be disturbed while it goes on.</summary>
    public Process Begin(string launcher, int ranks, params string[] arguments)
    {
        string[] options = launcher == OpenMpi
            ? ["--oversubscribe", "--bind-to", "none", "-n", $"{ranks}"]
            : ["-n", $"{ranks}"];
        return Start(launcher, [.. options, Environment.ProcessPath!, "exec", Program, .. arguments]);
    }

    /// <summary>Waits for the end of a run and for that of all its processes.</summary>
    public LaunchedRun Finish(Process process, Stopwatch watch)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        bool hasEnded = process.WaitForExit(Limit);
        TimeSpan took = watch.Elapsed;
        if (!hasEnded)
        {
            process.Kill(entireProcessTree: true);
        }
        string[] left = EndProcesses();
        LaunchedRun run = new(hasEnded ? process.ExitCode : -1, output.Result, errors.Result, took);
        Assert.True(hasEnded, $"The run took more than {Limit}: {run.All}");
        Assert.True(left.Length == 0, $"Processes {string.Join(", ", left)} were left: {run.All}");
        process.Dispose();
        return run;
    }

    /// <summary>The ranks that have begun, by their process numbers.</summary>
    public int[] Processes => [.. Directory.EnumerateFiles(ProcessFolder).Select(file => int.Parse(Path.GetFileName(file), null)).Order()];

    /// <summary>How many files the run has made whose names are like this.</summary>
    public int Count(string pattern) => Directory.EnumerateFiles(folder, pattern).Count();

    private static string Program => typeof(FailingRuns).Assembly.Location;

    private string ProcessFolder => Directory.CreateDirectory(Path.Combine(folder, "processes")).FullName;

    public void Dispose()
    {
        EndProcesses();
        Directory.Delete(folder, recursive: true);
    }

    private LaunchedRun On(string launcher, int ranks, string[] arguments)
    {
        Stopwatch watch = Stopwatch.StartNew();
        return Finish(Begin(launcher, ranks, arguments), watch);
    }

    private Process Start(string file, string[] arguments)
    {
        foreach (string earlier in Directory.EnumerateFiles(ProcessFolder))
        {
            File.Delete(earlier);
        }
        ProcessStartInfo start = new(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["PYRITE_TEST_PROCESSES"] = ProcessFolder;

        // Containers run as root, and segments of shared memory go with the folder.
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        start.Environment["OMPI_MCA_btl_vader_backing_directory"] = folder;
        start.Environment["OMPI_MCA_orte_tmpdir_base"] = folder;
        foreach ((string name, string value) in Variables)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    /// <summary>Kills what is left of the ranks, after the time that the system takes to end them.</summary>
    private string[] EndProcesses()
    {
        List<string> left = [];
        foreach (int number in Processes)
        {
            try
            {
                using Process process = Process.GetProcessById(number);
                if (!process.WaitForExit(3_000))
                {
                    left.Add($"{number}");
                    process.Kill();
                }
            }
            catch (ArgumentException)
            {
                // It has ended.
            }
        }
        return [.. left];
    }

    private static string? Find(string first, string second, string mark)
    {
        foreach (string name in new[] { first, second })
        {
            try
            {
                ProcessStartInfo start = new(name, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true };
                using Process process = Process.Start(start)!;
                string text = process.StandardOutput.ReadToEnd();
                if (process.WaitForExit(10_000) && text.Contains(mark, StringComparison.Ordinal))
                {
                    return name;
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such program.
            }
        }
        return null;
    }
}
