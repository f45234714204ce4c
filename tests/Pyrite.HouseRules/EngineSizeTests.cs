namespace Pyrite;

/// <summary>The engine's recording, programs and emission get smaller, or at least no larger: a pass, a schedule or a writer that is needed twice is
/// written once.</summary>
/// <remarks>The count is that of
/// <c>find src/Pyrite.Tensors/Programs src/Pyrite.Tensors/Kernels/Emit -name '*.cs' | grep -vE '/(Functions|Scans|Round)' | xargs cat | wc -l</c>.
/// Loops, found or written as scans, have rooms of their own, which this rule leaves alone.</remarks>
public sealed class EngineSizeTests
{
    /// <summary>The lines there are. Only ever lower it: what is added must be made room for. All rooms together shall have 6,500.</summary>
    private const int MostLines = 8195;

    private const string Programs = "src/Pyrite.Tensors/Programs/";
    private const string Emission = "src/Pyrite.Tensors/Kernels/Emit/";

    private static readonly string[] Loops = ["/Functions", "/Scans", "/Round"];

    [Fact]
    public void Recording_programs_and_emission_do_not_grow()
    {
        int lines = Repository.SourceFiles("src")
            .Where(file => file.StartsWith(Programs) || file.StartsWith(Emission))
            .Where(file => !Loops.Any(file.Contains))
            .Sum(file => Repository.ReadLines(file).Length);

        Assert.True(lines <= MostLines,
            $"Recording, programs and emission have {lines} lines, at most {MostLines} are allowed. Find what is written twice among them before you "
                + "add to them; shorter names and longer lines do not count.");
    }
}
