using System.Text.RegularExpressions;

namespace Pyrite;

/// <summary>Rules about the source text: size of files, where machine-near code may stand, nothing left open.</summary>
public sealed partial class SourceTests
{
    private const int MostLines = 400;

    private const int MostColumns = 150;

    private const int MostFiles = 30;

    private const string KernelFolder = "src/Pyrite.Tensors/Kernels/";

    /// <summary>Files outside the kernels that may use SIMD, Unsafe or threads; each entry owes a reason.</summary>
    private static readonly HashSet<string> MachineNearElsewhere =
    [
        // The functions of MPI are known at run time only, by their addresses, and take addresses; nothing of it leaves the folder.
        "src/Pyrite.Distributed/Binding/MpiFunctions.cs",
        "src/Pyrite.Distributed/Binding/MpiLibrary.cs",
        "src/Pyrite.Distributed/Binding/MpiTransport.cs",
    ];

    [Fact]
    public void Files_have_at_most_400_lines()
    {
        IEnumerable<string> tooLong = Repository.SourceFiles("src", "apps", "tests", "bench", "samples")
            .Select(file => (file, lines: Repository.ReadLines(file).Length))
            .Where(entry => entry.lines > MostLines)
            .Select(entry => $"{entry.file} has {entry.lines} lines: split it, one idea per file");

        AssertNone(tooLong);
    }

    [Fact]
    public void Lines_have_at_most_150_columns()
    {
        List<string> tooLong = [];
        foreach (string file in Repository.SourceFiles("src", "apps", "tests", "bench", "samples"))
        {
            bool raw = false;
            string[] lines = Repository.ReadLines(file);
            for (int i = 0; i < lines.Length; i++)
            {
                // Lines of a raw string are data, and stay as they are.
                int marks = lines[i].Split("\"\"\"").Length - 1;
                if (lines[i].Length > MostColumns && !raw && marks == 0)
                {
                    tooLong.Add($"{file}:{i + 1} has {lines[i].Length} columns");
                }
                raw ^= marks % 2 == 1;
            }
        }

        AssertNone(tooLong);
    }

    [Fact]
    public void Folders_of_libraries_have_at_most_30_files()
    {
        IEnumerable<string> tooFull = Repository.SourceFiles("src")
            .GroupBy(file => file[..file.LastIndexOf('/')])
            .Where(folder => folder.Count() > MostFiles)
            .Select(folder => $"{folder.Key} has {folder.Count()} files: give them rooms by what a reader looks for");

        AssertNone(tooFull);
    }

    [Fact]
    public void Simd_unsafe_code_and_threads_stand_in_the_kernels_alone()
    {
        IEnumerable<string> found = Repository.SourceFiles("src")
            .Where(file => !file.StartsWith(KernelFolder) && !MachineNearElsewhere.Contains(file))
            .SelectMany(file => Matches(file, MachineNear(), withoutComments: true));

        AssertNone(found);
    }

    [Fact]
    public void Exceptions_to_the_kernel_rule_are_still_needed()
    {
        Assert.All(MachineNearElsewhere, file => Assert.NotEmpty(Matches(file, MachineNear(), withoutComments: true)));
    }

    [Fact]
    public void Nothing_is_left_open()
    {
        // The marks are spelt in halves so that this file never finds itself.
        Regex open = new(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b|NotImplemented" + @"Exception|Skip\s*=\s*""", RegexOptions.CultureInvariant);

        AssertNone(Repository.TextFiles.SelectMany(file => Matches(file, open)));
    }

    [Fact]
    public void No_file_names_a_path_of_one_machine()
    {
        Regex path =
            new("(?<![A-Za-z0-9_.])/(wo" + "rk|tm" + "p|ro" + "ot|ho" + "me|Us" + @"ers)/|[A-Z]:\\Us" + "ers", RegexOptions.CultureInvariant);

        AssertNone(Repository.TextFiles.SelectMany(file => Matches(file, path)));
    }

    [Fact]
    public void Code_has_no_regions()
    {
        Regex region = new(@"^\s*#(end)?reg" + "ion", RegexOptions.CultureInvariant);

        AssertNone(Repository.SourceFiles("src", "apps", "tests", "bench", "samples").SelectMany(file => Matches(file, region)));
    }

    [Theory]
    [InlineData("using System.Runtime.Intrinsics;", true)]
    [InlineData("ref float first = ref Unsafe.Add(ref start, 1);", true)]
    [InlineData("public static unsafe void Copy()", true)]
    [InlineData("Thread worker = new Thread(Run);", true)]
    [InlineData("int unsafeCount = 0;", false)]
    [InlineData("style-src 'self' 'unsafe-inline'", false)]
    [InlineData("ThreadLocal<int> depth = new();", false)]
    public void The_kernel_rule_sees_machine_near_code(string line, bool expected) => Assert.Equal(expected, MachineNear().IsMatch(line));

    private static void AssertNone(IEnumerable<string> found)
    {
        string[] lines = [.. found];
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }

    private static IEnumerable<string> Matches(string file, Regex pattern, bool withoutComments = false) => Repository.ReadLines(file)
        .Select((line, index) => (line: withoutComments ? LineComment().Replace(line, "") : line, number: index + 1))
        .Where(entry => pattern.IsMatch(entry.line))
        .Select(entry => $"{file}:{entry.number}: {entry.line.Trim()}");

    [GeneratedRegex(
        @"System\.Runtime\.Intrinsics|\bUnsafe\.|\bunsafe\b(?!-)|\bMemoryMarshal\.GetReference\b|\bnew Thread\(|"
            + @"\bThread\.|\bThreadPool\.|\bParallel\.|\bTask\.(Run|Factory)\b", RegexOptions.CultureInvariant)]
    private static partial Regex MachineNear();

    [GeneratedRegex(@"(^|\s)//.*$", RegexOptions.CultureInvariant)]
    private static partial Regex LineComment();
}
