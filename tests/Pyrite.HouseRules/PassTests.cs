using System.Reflection;
using System.Text.RegularExpressions;

namespace Pyrite;

/// <summary>The passes of recorded programs ask what operations declare, not which types they are: a new operation is then as good as an old
/// one.</summary>
public sealed class PassTests
{
    private const int MostTests = 5;

    private const string Programs = "src/Pyrite.Tensors/Programs/";

    /// <summary>Found loops are made of slices and numbers that move from round to round, which are written anew there: no property says
    /// how.</summary>
    private const string FoundLoops = Programs + "Functions/";

    private static readonly Regex TypeTest = Pattern();

    [Fact]
    public void Passes_test_for_at_most_five_types_of_operations()
    {
        string[] tests =
        [
            .. Repository.SourceFiles("src").Where(file => file.StartsWith(Programs) && !file.StartsWith(FoundLoops))
                .SelectMany(file => Repository.ReadLines(file).SelectMany((line, index) => TypeTest.Matches(WithoutComment(line))
                    .Select(match => $"{file}:{index + 1}: {match.Value.Trim()}"))),
        ];

        Assert.True(tests.Length <= MostTests, "Declare a property instead (Engine/Properties, IElementwiseOperation):\n" + string.Join('\n', tests));
    }

    [Theory]
    [InlineData("if (node.Boxed is SumOperation sum)", true)]
    [InlineData("return boxed is not (MatMulOperation or FillOperation);", true)]
    [InlineData("program.Node(root) is { Boxed: FillOperation, IsAlias: false }", true)]
    [InlineData("            Zip<MultiplyKernel> when Is(0, 1) => inputs[1],", true)]
    [InlineData("int row = ((SumOperation)node.Boxed).Reduced;", true)]
    [InlineData("node.Boxed is IReduction { Inner: 1 }", false)]
    [InlineData("StridedCopyOperation copy = StridedCopyOperation.Broadcast(own, target);", false)]
    [InlineData("new RecordedOperation<FillOperation>(fill, spec, [], null, isAlias: false)", false)]
    public void The_rule_sees_tests_for_types(string line, bool expected) => Assert.Equal(expected, TypeTest.IsMatch(line));

    private static string WithoutComment(string line) => line.TrimStart().StartsWith("//", StringComparison.Ordinal) ? "" : line;

    private static Regex Pattern()
    {
        string names = string.Join('|', Assembly.Load("Pyrite.Tensors").GetTypes()
            .Where(type => type.IsValueType && type.GetInterface("Pyrite.Engine.IOperation") is not null)
            .Select(type => type.Name.Split('`')[0]).Distinct().Order(StringComparer.Ordinal));
        string one = $@"(\w+\.)*\b({names})\b(<\w+>)?";
        return new Regex(
            $@"\b(is|not|or|and|as|case)\s+\(*{one}|\bBoxed:\s*{one}|^\s*{one}(\s+\w+)?(\s+when\b.*)?\s+=>|\({one}\)\s*\w",
            RegexOptions.CultureInvariant);
    }
}
