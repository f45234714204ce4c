namespace Pyrite.Tests;

public sealed class CompareGoldenTests
{
    private static readonly Dictionary<string, GoldenRun.Operation> Operations = new()
    {
        ["eq"] = (x, _) => [x[0].EqualTo(x[1])],
        ["ne"] = (x, _) => [x[0].NotEqualTo(x[1])],
        ["lt"] = (x, _) => [x[0] < x[1]],
        ["le"] = (x, _) => [x[0] <= x[1]],
        ["gt"] = (x, _) => [x[0] > x[1]],
        ["ge"] = (x, _) => [x[0] >= x[1]],
        ["logical_and"] = (x, _) => [x[0] & x[1]],
        ["logical_or"] = (x, _) => [x[0] | x[1]],
        ["logical_xor"] = (x, _) => [x[0] ^ x[1]],
    };

    private static readonly GoldenGroup Group = new("compare");

    public static TheoryData<string> Names => Group.Names;

    [Theory, MemberData(nameof(Names))]
    public void Case_holds(string name) => GoldenRun.Check(Group, name, Operations);
}
