namespace Pyrite.Tests;

public sealed class LinalgGoldenTests
{
    internal static readonly Dictionary<string, GoldenRun.Operation> Operations = new()
    {
        ["matmul"] = (x, _) => [x[0].MatMul(x[1])],
        ["einsum"] = (x, a) => [Tensor.EinsteinSum(a.Text("equation"), x)],
        ["outer"] = (x, _) => [x[0].Outer(x[1])],
        ["dot"] = (x, _) => [x[0].Dot(x[1])],
        ["kron"] = (x, _) => [x[0].Kronecker(x[1])],
        ["trace"] = (x, _) => [x[0].Trace()],
        ["baddbmm"] = (x, a) => [(a.Number("beta", 1) * x[0]) + (a.Number("alpha", 1) * x[1].MatMul(x[2]))],
        ["cross"] = (x, a) => [x[0].Cross(x[1], a.Int("dim", -1))],
        ["cdist"] = (x, _) => [x[0].Distances(x[1])],
        ["cholesky"] = (x, a) => [a.Bool("upper") ? x[0].Cholesky().Transpose() : x[0].Cholesky()],
        ["solve_triangular"] = (x, a) => [a.Bool("left", true)
            ? x[0].SolveTriangular(x[1], a.Bool("upper"), a.Bool("transpose"), a.Bool("unitriangular"))
            : x[0].SolveTriangularRight(x[1], a.Bool("upper"), a.Bool("transpose"), a.Bool("unitriangular"))],
        ["cholesky_solve"] = (x, _) => [x[1].CholeskySolve(x[0])],
        ["cholesky_inverse"] = (x, _) => [x[0].CholeskyInverse()],
        ["inverse"] = (x, _) => [x[0].Inverse()],
        ["det"] = (x, _) => [x[0].Determinant()],
        ["logdet"] = (x, _) => [x[0].LogDeterminant()],
        ["slogdet"] = (x, _) => ReduceGoldenTests.Pair(x[0].SignedLogDeterminant()),
        ["solve"] = (x, _) => [x[0].Solve(x[1])],
        ["eigvalsh"] = (x, _) => [x[0].SymmetricEigenvalues()],
        ["eigh_function"] = (x, a) => [OfEigenvalues(x[0], a.Text("function"))],
        ["svdvals"] = (x, _) => [x[0].SingularValues()],
        ["qr"] = (x, _) => ReduceGoldenTests.Pair(x[0].Qr()),
        ["matrix_exp"] = (x, _) => [x[0].MatrixExponential()],
        ["matrix_power"] = (x, a) => [x[0].MatrixPower(a.Int("n"))],
        ["pinv"] = (x, _) => [x[0].PseudoInverse()],
        ["lstsq"] = (x, _) => [x[0].LeastSquares(x[1])],
        ["mvn_log_prob"] = (x, _) => [NormalLogDensity(x[0], x[1], x[2])],
    };

    private const double SingleTolerance = 1e-4;

    private static readonly GoldenGroup Group = new("linalg");

    public static TheoryData<string> Names => Group.Names;

    [Theory, MemberData(nameof(Names))]
    public void Case_holds(string name) => GoldenRun.Check(Group, name, Operations, SingleTolerance);

    private static Tensor OfEigenvalues(Tensor a, string function)
    {
        (Tensor values, Tensor vectors) = a.SymmetricEigen();
        Tensor changed = function switch
        {
            "exp" => values.Exp(),
            "sqrt" => values.Sqrt(),
            "log" => values.Log(),
            _ => throw new ArgumentException($"Function \"{function}\" is not known to the tests."),
        };
        return (vectors * changed.Unsqueeze(-2)).MatMul(vectors.Transpose());
    }

    private static Tensor NormalLogDensity(Tensor value, Tensor loc, Tensor scale)
    {
        Tensor z = scale.SolveTriangular((value - loc).Unsqueeze(-1)).Squeeze(-1);
        return (-0.5 * z.Square().Sum(-1)) - scale.Diagonal().Log().Sum(-1) - (0.5 * loc.Shape[^1] * Math.Log(2 * Math.PI));
    }
}
