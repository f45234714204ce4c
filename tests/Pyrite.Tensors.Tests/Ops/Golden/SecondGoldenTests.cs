namespace Pyrite.Tests;

/// <summary>Second derivatives of operations of all groups.</summary>
public sealed class SecondGoldenTests
{
    private const double SingleTolerance = 1e-4;

    private static readonly GoldenGroup Group = new("second");

    private static readonly Dictionary<string, GoldenRun.Operation> Operations = new(
    [
        .. UnaryGoldenTests.Operations, .. BinaryGoldenTests.Operations, .. ReduceGoldenTests.Operations, .. ShapeGoldenTests.Operations,
        .. ConvGoldenTests.Operations, .. NnfuncGoldenTests.Operations, .. LinalgGoldenTests.Operations,
    ]);

    public static TheoryData<string> Names => Group.Names;

    [Theory, MemberData(nameof(Names))]
    public void Case_holds(string name) => GoldenRun.Check(Group, name, Operations, SingleTolerance);
}
