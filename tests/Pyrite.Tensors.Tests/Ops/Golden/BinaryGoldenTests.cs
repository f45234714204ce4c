namespace Pyrite.Tests;

public sealed class BinaryGoldenTests
{
    internal static readonly Dictionary<string, GoldenRun.Operation> Operations = new()
    {
        ["add"] = (x, _) => [x[0] + x[1]],
        ["sub"] = (x, _) => [x[0] - x[1]],
        ["mul"] = (x, _) => [x[0] * x[1]],
        ["div"] = (x, _) => [x[0] / x[1]],
        ["pow"] = (x, _) => [x[0].Pow(x[1])],
        ["atan2"] = (x, _) => [x[0].Atan2(x[1])],
        ["maximum"] = (x, _) => [Tensor.Maximum(x[0], x[1])],
        ["minimum"] = (x, _) => [Tensor.Minimum(x[0], x[1])],
        ["logaddexp"] = (x, _) => [x[0].LogAddExp(x[1])],
        ["xlogy"] = (x, _) => [x[0].XLogY(x[1])],
        ["xlog1py"] = (x, _) => [x[0].XLog1pY(x[1])],
        ["remainder"] = (x, _) => [x[0].Remainder(x[1])],
        ["fmod"] = (x, _) => [x[0].TruncatedRemainder(x[1])],
        ["hypot"] = (x, _) => [x[0].Hypotenuse(x[1])],
        ["floor_divide"] = (x, _) => [x[0].FloorDivide(x[1])],
        ["copysign"] = (x, _) => [x[0].CopySign(x[1])],
        ["gammainc"] = (x, _) => [x[0].GammaLower(x[1])],
        ["gammaincc"] = (x, _) => [x[0].GammaUpper(x[1])],
        ["where"] = (x, _) => [Tensor.Where(x[0], x[1], x[2])],
    };

    private static readonly GoldenGroup Group = new("binary");

    public static TheoryData<string> Names => Group.Names;

    [Theory, MemberData(nameof(Names))]
    public void Case_holds(string name) => GoldenRun.Check(Group, name, Operations);
}
