using static Pyrite.Tests.Catalogue.CatalogueEntry;

namespace Pyrite.Tests.Catalogue;

/// <summary>Products, factors and systems of matrices; matrices that must be well conditioned are made so from free ones.</summary>
internal static class LinearAlgebraEntries
{
    public static readonly CatalogueEntry[] All =
    [
        Of("MatrixMultiplication.MatMul", Products),
        Of("MatrixMultiplication.Linear", draw =>
        {
            (int width, int outputs) = (draw.Size(), draw.Size());
            Tensor x = draw.Normal(draw.Batched(width)), weight = draw.Normal([outputs, width]);
            return draw.Coin() ? new(p => p[0].Linear(p[1]), x, weight) : new(p => p[0].Linear(p[1], p[2]), x, weight, draw.Normal([outputs]));
        }),
        Of("Chains.LogSumOverPaths", draw =>
        {
            (int steps, int states) = (draw.Size() + 1, draw.Size());
            Shape batch = draw.Shape(0, 1), matrices = draw.Coin() ? [states, states] : (draw.Coin() ? batch : []) + [steps - 1, states, states];
            return new(x => Chains.LogSumOverPaths(x[0], x[1]), draw.Normal(matrices), draw.Normal(batch + [steps, states]));
        }),
        Of("MatrixProducts.Outer", draw => new(x => x[0].Outer(x[1]), draw.Normal([draw.Size()]), draw.Normal([draw.Size()]))),
        Of("MatrixProducts.Dot", draw =>
        {
            Shape shape = draw.Shape(1);
            return new(x => x[0].Dot(x[1]), draw.Normal(shape), draw.Normal(shape));
        }),
        Of("MatrixProducts.Kronecker",
            draw => new(x => x[0].Kronecker(x[1]), draw.Normal([draw.Size(), draw.Size()]), draw.Normal([draw.Size(), draw.Size()]))),
        Of("MatrixProducts.Cross", draw =>
        {
            Shape shape = draw.Batched(3);
            return new(x => x[0].Cross(x[1]), draw.Normal(shape), draw.Normal(shape));
        }),
        Of("MatrixProducts.Distances", draw =>
        {
            int width = draw.Size();
            Shape batch = draw.Shape(0, 1);
            return new(x => x[0].Distances(x[1] + 5), draw.Normal(batch + [draw.Size(), width]), draw.Normal(batch + [draw.Size(), width]));
        }),
        Of("MatrixProducts.MatrixPower", draw =>
        {
            int n = draw.Integer(-2, 4);
            return new(x => Regular(x[0]).MatrixPower(n), Square(draw));
        }),
        Of("MatrixProducts.MatrixExponential", draw => new(x => x[0].MatrixExponential(), Square(draw))),
        Of("Tensor.EinsteinSum", Einsums),
        Of("CholeskyFactors.Cholesky", draw => new(x => Positive(x[0]).Cholesky(), Square(draw))),
        Of("CholeskyFactors.CholeskyInverse", draw => new(x => Regular(x[0]).LowerTriangle().CholeskyInverse(), Square(draw))),
        Of("CholeskyFactors.CholeskySolve", draw => System(draw, (a, b) => Regular(a).CholeskySolve(b))),
        Of("CholeskyFactors.SolveTriangular", draw =>
        {
            (bool upper, bool transpose, bool unit) = (draw.Coin(), draw.Coin(), draw.Coin());
            return System(draw, (a, b) => Regular(a).SolveTriangular(b, upper, transpose, unit));
        }),
        Of("CholeskyFactors.SolveTriangularRight", draw =>
        {
            (bool upper, bool transpose, bool unit) = (draw.Coin(), draw.Coin(), draw.Coin());
            return System(draw, (a, b) => Regular(a).SolveTriangularRight(b.Transpose(), upper, transpose, unit));
        }),
        Of("MatrixSystems.Solve", draw => System(draw, (a, b) => Regular(a).Solve(b))),
        Of("MatrixSystems.Solve", draw =>
        {
            int n = draw.Size();
            return new(x => Regular(x[0]).Solve(x[1]), draw.Normal([n, n]), draw.Normal([n]));
        }),
        Of("MatrixSystems.Inverse", draw => new(x => Regular(x[0]).Inverse(), Square(draw))),
        Of("MatrixSystems.Determinant", draw => new(x => x[0].Determinant(), Square(draw))),
        Of("MatrixSystems.LogDeterminant", draw => new(x => Regular(x[0]).LogDeterminant(), Square(draw))),
        Of("MatrixSystems.SignedLogDeterminant", draw => new(x => Regular(x[0]).SignedLogDeterminant().LogAbsolute, Square(draw))),
        Of("MatrixSystems.PseudoInverse", draw => new(x => Tall(x[0]).PseudoInverse(), Square(draw))),
        Of("MatrixSystems.PseudoInverse", draw => new(x => Tall(x[0]).Transpose().PseudoInverse(), Square(draw))),
        Of("MatrixSystems.LeastSquares", draw =>
        {
            int n = draw.Size();
            return new(x => Tall(x[0]).LeastSquares(x[1]), draw.Normal([n, n]), draw.Normal([2 * n, draw.Size()]));
        }),
        Of("MatrixFactors.Qr", draw => new(x => Tall(x[0]).Qr() is var (q, r) ? CatalogueCase.Join(q, r) : x[0], Square(draw))),
        Of("MatrixFactors.SymmetricEigenvalues", draw => new(x => Spread(x[0]).SymmetricEigenvalues(), Square(draw))),
        Of("MatrixFactors.SymmetricEigen",
            draw =>
                new(x =>
                    Spread(x[0]).SymmetricEigen() is var (w, v)
                        ? CatalogueCase.Join(w, (v * w.Exp().Unsqueeze(-2)).MatMul(v.Transpose()), v.Square())
                        : x[0], Square(draw))),
        Of("MatrixFactors.SingularValues", draw => new(x => Spread(x[0]).SingularValues(), Square(draw))),
        Of("MatrixFactors.Svd",
            draw =>
                new(x =>
                    (Tall(Spread(x[0])) * 0.5).Svd() is var (u, s, v)
                        ? CatalogueCase.Join(s, (u * s.Exp().Unsqueeze(-2)).MatMul(v.Transpose()), u.Square(), v.Square())
                        : x[0], Square(draw))),
    ];

    private static Tensor Square(Draw draw)
    {
        int n = draw.Size();
        return draw.Uniform(draw.Shape(0, 1) + [n, n], -1, 1);
    }

    /// <summary>A matrix whose diagonal outweighs the rest.</summary>
    private static Tensor Regular(Tensor x) => (0.4 * x) + (2.0 * Tensor.Identity(x.Shape[^1], x.DType));

    private static Tensor Positive(Tensor x) => x.MatMul(x.Transpose()) + Tensor.Identity(x.Shape[^1], x.DType);

    /// <summary>A symmetric matrix with eigenvalues apart from each other and from 0.</summary>
    private static Tensor Spread(Tensor x) => (0.05 * (x + x.Transpose())) + (Tensor.Range(x.Shape[^1]).To(x.DType) + 1).DiagonalEmbed();

    /// <summary>Twice as many rows as columns, of full rank.</summary>
    private static Tensor Tall(Tensor x) => Tensor.Concat([Regular(x), x], -2);

    private static CatalogueCase System(Draw draw, Func<Tensor, Tensor, Tensor> solve)
    {
        int n = draw.Size();
        Shape batch = draw.Shape(0, 1);
        return new(x => solve(x[0], x[1]), draw.Uniform(batch + [n, n], -1, 1), draw.Normal(batch + [n, draw.Size()]));
    }

    private static CatalogueCase Products(Draw draw)
    {
        (int m, int k, int n) = (draw.Size(), draw.Size(), draw.Size());
        (Shape left, Shape right) = draw.Pair();
        (Shape a, Shape b) = draw.Integer(0, 4) switch
        {
            0 => (Shape.Create(k), Shape.Create(k)),
            1 => (Shape.Create(k), right + [k, n]),
            2 => (left + [m, k], Shape.Create(k)),
            3 => (left + [m, k], Shape.Create(k, n)),
            _ => (left + [m, k], right + [k, n]),
        };
        return new(x => x[0].MatMul(x[1]), draw.Normal(a), draw.Normal(b));
    }

    private static CatalogueCase Einsums(Draw draw)
    {
        string equation =
            draw.Pick("ij,jk->ik", "bij,bkj->bik", "ij,ij->", "ii->i", "ij->ji", "i,j,k->kji", "bij,jk,bk->bi", "ij->i", "iji->j", "ab,cd->abcd");
        Dictionary<char, int> sizes = [];
        Tensor[] operands =
            [.. equation[..equation.IndexOf('-')].Split(',')
                .Select(
                    labels =>
                        draw.Normal(
                            Shape.Create([.. labels.Select(label => sizes.TryGetValue(label, out int size) ? size : sizes[label] = draw.Size())])))];
        return new(x => Tensor.EinsteinSum(equation, x), operands);
    }
}
