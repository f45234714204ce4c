using System.Numerics;
using System.Numerics.Tensors;
using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Factorization;
using Pyrite.Kernels.Memory;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>-½ |L⁻¹ (x - loc)|² - log det L along the last axis, for vectors that share a lower-triangular L: a Gaussian log-density without its
/// constant.</summary>
/// <remarks>One pass over the vectors; what it solves is not kept, so gradients solve again.</remarks>
internal readonly record struct WhitenedDensity : IAddressOperation
{
    public string Name => "whitened density";

    /// <summary>The densities, [..], for vectors [.., n], a location [n] and a factor [n, n].</summary>
    public static Tensor Of(Tensor value, Tensor loc, Tensor factor)
    {
        DType type = DTypeProperties.Promote(DTypeProperties.Promote(value.DType, loc.DType), factor.DType);
        return Executor.Apply(
            default(WhitenedDensity), new TensorSpec(value.Shape[..^1], type), value.To(type).In(Layout.RowMajor), loc.To(type).In(Layout.RowMajor),
                factor.To(type).In(Layout.RowMajor));
    }

    /// <summary>The density of one vector [n] by a covariance [n, n] and its factor, all of one type; gradients go to the covariance and pass the
    /// factor by.</summary>
    public static Tensor OfCovariance(Tensor value, Tensor loc, Tensor factor, Tensor covariance) => Executor.Apply(
        default(WhitenedDensity), new TensorSpec(Shape.Scalar, factor.DType), value.In(Layout.RowMajor), loc.In(Layout.RowMajor),
            factor.In(Layout.RowMajor), covariance.In(Layout.RowMajor));

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs, output);
        }
        else
        {
            Run<double>(inputs, output);
        }
    }

    /// <summary>With w = L⁻¹ (x - loc) and b = L⁻ᵀ w ȳ: x̄ = -b, the location's is Σ b, L̄ = Σ b wᵀ - Σ ȳ diag(1 / Lᵢᵢ) below and on the diagonal. A
    /// covariance's is ½ ȳ (a aᵀ - (L Lᵀ)⁻¹) with a = L⁻ᵀ w.</summary>
    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        bool isSilent = SilentZeros.IsOn;
        return PullbackOf(inputs, upstream, input, isSilent) is not { } gradient
            ? null
            : isSilent ? SilentZeros.KeepWhole(gradient, upstream) : gradient;
    }

    private static Tensor? PullbackOf(ReadOnlySpan<Tensor> inputs, Tensor upstream, int input, bool isSilent)
    {
        if (input == 2 && inputs.Length > 3)
        {
            return null;
        }
        (Tensor value, Tensor loc, Tensor factor) = (inputs[0], inputs[1], inputs[2]);
        Tensor distance = value - loc;
        Tensor whitened = factor.SolveLower(isSilent ? SilentZeros.Keep(distance, upstream, 0) : distance);
        if (input == 3)
        {
            return CovarianceGradient.Of(factor, factor.SolveLower(whitened, transposed: true), upstream);
        }
        Tensor back = factor.SolveLower(upstream.Unsqueeze(-1) * whitened, transposed: true);
        if (input == 0)
        {
            return -back;
        }
        Tensor rows = back.Reshape(-1, back.Shape[^1]);
        if (input == 1)
        {
            return rows.Sum(0);
        }
        Tensor diagonal = -upstream.Sum() / factor.Diagonal();
        return rows.Shape[0] == 1
            ? LowerOuterProduct.Of(back.Reshape(-1), whitened.Reshape(-1), diagonal)
            : rows.Transpose().MatMul(whitened.Reshape(rows.Shape)).LowerTriangle() + diagonal.DiagonalEmbed();
    }

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) =>
        result.Count > 0 && MatrixBatch.IsForOneThread(shapes[2], result.Count * shapes[2].Count)
            ? (typeof(WhitenedDensity).GetMethod(shapes.Length > 3 ? nameof(OfCovarianceOnMemory) : nameof(OnMemory))!,
                [checked((int)result.Count), shapes[1][0]])
            : null;

    /// <summary>The densities on plain memory.</summary>
    public static void OnMemory(nint value, nint loc, nint factor, nint y, int count, int n) =>
        Run(n, PlainMemory.Read(value, count * n), PlainMemory.Read(loc, n), PlainMemory.Read(factor, n * n), PlainMemory.Write(y, count));

    /// <summary>The same beside a covariance, which only gradients read.</summary>
    public static void OfCovarianceOnMemory(nint value, nint loc, nint factor, nint covariance, nint y, int count, int n) =>
        OnMemory(value, loc, factor, y, count, n);

    private static void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Run(inputs[1].Shape[0], inputs[0].Read<T>(), inputs[1].Read<T>(), inputs[2].Read<T>(), output.Write<T>());

    private static void Run<T>(int n, ReadOnlySpan<T> value, ReadOnlySpan<T> loc, ReadOnlySpan<T> factor, Span<T> densities)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (densities.Length == 1)
        {
            densities[0] = SquaredLength(n, value, loc, factor);
        }
        else
        {
            TriangularRows.SquaredLengths(n, factor, value, loc, densities);
        }
        T logDeterminant = T.Zero;
        for (int i = 0; i < n; i++)
        {
            logDeterminant += T.Log(factor[i * (n + 1)]);
        }
        TensorPrimitives.Multiply(densities, -T.One / (T.One + T.One), densities);
        TensorPrimitives.Subtract(densities, logDeterminant, densities);
    }

    /// <summary>Of a single vector, row by row of the factor.</summary>
    private static T SquaredLength<T>(int n, ReadOnlySpan<T> value, ReadOnlySpan<T> loc, ReadOnlySpan<T> factor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using Scratch<T> room = Scratch<T>.Rent(n);
        Span<T> whitened = room.Elements(n);
        TensorPrimitives.Subtract(value, loc, whitened);
        TriangularSolve.Run(n, 1, factor, transpose: false, isLower: true, isUnit: false, whitened);
        return TensorPrimitives.SumOfSquares<T>(whitened);
    }
}
