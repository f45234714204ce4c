using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Pyrite;

/// <summary>Whatever is one system's own has its entry here, with what stands in for it on the others: most users have Windows or macOS.</summary>
public sealed partial class PlatformTests
{
    private static readonly string[] Shipped = ["src", "apps", "bench", "samples", "templates", "docs"];

    /// <summary>Functions of native libraries, each with its fallback.</summary>
    private static readonly Dictionary<string, string> NativeCalls = new()
    {
        ["bench/Pyrite.Benchmarks/Harness/BenchmarkProcess.cs: kill of libc"] = "macOS has it too; Windows kills process and children",
        ["bench/Pyrite.Benchmarks/Harness/ThreadClock.cs: clock_gettime of libc"] = "the wall clock, which the description of the machine says",
        ["src/Pyrite.Distributed/Binding/KeptHandlers.cs: sigaction of libc"] = "macOS has it too; on Windows faults are no signals",
    };

    /// <summary>Files that name paths, signals, permissions or error numbers of one system, each with what other systems get.</summary>
    private static readonly Dictionary<string, string> SystemsOwn = new()
    {
        ["apps/Pyrite.Cli/Interruption.cs"] = ".NET maps Ctrl-C, Ctrl-Break and the closing of the console to these signals on Windows",
        ["apps/Pyrite.Cli/Terminal.cs"] = "Windows writes to Console.Out",
        ["bench/Pyrite.Benchmarks/ColdStart.cs"] = "the ending of executables on Windows",
        ["bench/Pyrite.Benchmarks/Harness/BenchmarkProcess.cs"] = "signals as above",
        ["bench/Pyrite.Benchmarks/Harness/Processor.cs"] = "PROCESSOR_IDENTIFIER on Windows, else the architecture",
        ["bench/Pyrite.Benchmarks/Harness/SystemLoad.cs"] = "the load of others is unknown, and counts as none",
        ["bench/Pyrite.Benchmarks/Harness/ThreadClock.cs"] = "the wall clock",
        ["bench/Pyrite.Benchmarks/Harness/ThreadUse.cs"] = "unknown, and slices are judged by their peaks alone",
        ["src/Pyrite.Distributed/Binding/KeptHandlers.cs"] = "as above",
        ["src/Pyrite.Distributed/Endings/StopSignals.cs"] = "as in the command line; SIGUSR1 has another number on macOS, and Windows has none",
        ["src/Pyrite.Distributed/Launching/Processors.cs"] = "the number of processors that .NET sees, divided by the ranks of the host",
        ["src/Pyrite.Tensors/Kernels/Memory/SecondLevelCache.cs"] = "1 MiB, or what PYRITE_L2_CACHE says; no bit depends on it",
        ["src/Pyrite.Tensors/Serialization/FileTarget.cs"] = "Windows has no devices among files; error numbers of all systems",
        ["src/Pyrite.Tensors/Serialization/TemporaryFile.cs"] = "Windows keeps permissions by inheritance, and is asked again while a file is open",
        ["src/Pyrite/Inference/Runs/ChainFilesLock.cs"] = "a locked file on all three systems, each with its error number",
    };

    [Fact]
    public void Calls_of_native_libraries_are_listed_with_their_fallback() => AssertListed(NativeCalls, file =>
        NativeCall().Matches(Repository.Read(file)).Select(call =>
            $"{file}: {(call.Groups[2].Success ? call.Groups[2].Value : call.Groups[3].Value)} of {call.Groups[1].Value}"));

    [Fact]
    public void What_is_one_systems_own_is_listed_with_what_others_get() => AssertListed(SystemsOwn, file =>
        Repository.ReadLines(file).Any(line => OneSystem().IsMatch(line) && !line.TrimStart().StartsWith("///", StringComparison.Ordinal))
            ? [file]
            : []);

    /// <summary>A file that two systems take for one cannot be checked out.</summary>
    [Fact]
    public void No_two_files_differ_in_case_alone_and_every_name_is_one_on_windows()
    {
        Assert.Equal([], Repository.Files.GroupBy(file => file, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.Equal([], Repository.Files.Where(file => NoNameOnWindows().IsMatch(file)));
    }

    /// <summary>In programs of one file and in native code the serializer does not look at types by itself, and throws.</summary>
    [Fact]
    public void No_library_calls_the_serializer_that_looks_at_types()
    {
        Assert.All(Repository.Libraries, library =>
        {
            using PEReader file = new(File.OpenRead(Assembly.Load(library).Location));
            MetadataReader reader = file.GetMetadataReader();
            Assert.DoesNotContain("JsonSerializer", reader.TypeReferences.Select(type => reader.GetString(reader.GetTypeReference(type).Name)));
        });
    }

    private static void AssertListed(Dictionary<string, string> listed, Func<string, IEnumerable<string>> find)
    {
        string[] found = [.. Repository.SourceFiles(Shipped).SelectMany(find).Distinct().Order(StringComparer.Ordinal)];

        Assert.Equal(listed.Keys.Order(StringComparer.Ordinal), found);
        Assert.DoesNotContain(listed.Values, string.IsNullOrWhiteSpace);
    }

    [GeneratedRegex("""(?:LibraryImport|DllImport|NativeLibrary\.Load)\("([^"]+)"(?:[^)]*EntryPoint = "([^"]+)")?[^)]*\)\]?(?:[^;]*?\b(\w+)\()?""",
        RegexOptions.CultureInvariant)]
    private static partial Regex NativeCall();

    [GeneratedRegex(
        @"""/(proc|sys|dev|etc|run|var|tmp|usr)\b|PosixSignal\.|UnixFileMode\(|OperatingSystem\.Is|\.exe""|\bconst int (Unix|Linux|Mac|Windows)\w+",
        RegexOptions.CultureInvariant)]
    private static partial Regex OneSystem();

    [GeneratedRegex("""[<>:"\\|?*]|[. ](/|$)|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NoNameOnWindows();
}
