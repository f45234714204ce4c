using Pyrite.Tests.Catalogue;


namespace Pyrite.Tests;

/// <summary>Operations of the catalogue in a chain: each gets points of its own, moved a little by an earlier result.</summary>
/// <param name="seed">What the operations, their shapes and their connections depend on.</param>
internal sealed class RandomProgram(ulong seed)
{
    private const int FewestOperations = 5;
    private const int MostOperations = 50;
    private const double Shift = 1e-3;

    private readonly RandomKey key = RandomKey.FromSeed(seed).Child("program");

    public int Length => FewestOperations + Choose("length", 0, MostOperations - FewestOperations + 1);

    private DType Type => Choose("type", 0, 2) == 0 ? DType.Float32 : DType.Float64;

    /// <summary>The operations with points of their own; the same version gives the same numbers, the same longest axis the same shapes.</summary>
    public CatalogueCase[] Cases(int largest, long version)
    {
        CatalogueCase[] cases = new CatalogueCase[Length];
        for (int i = 0; i < cases.Length; i++)
        {
            CatalogueEntry entry = OperationCatalogue.All[Choose("entry", i, OperationCatalogue.All.Length)];
            cases[i] = entry.Make(new Draw(seed + ((ulong)i << 32), largest, version));
        }
        return cases;
    }

    /// <summary>Runs the operations and a backward pass, and reads what comes out.</summary>
    /// <param name="cases">The operations.</param>
    /// <param name="start">What the first operation depends on.</param>
    /// <param name="constant">A C# number in every step of the chain.</param>
    /// <param name="reads">Where results are read in between; 0 for nowhere.</param>
    /// <param name="failAt">The operation after which the model code throws.</param>
    /// <returns>The bits of everything read.</returns>
    public long[][] Run(CatalogueCase[] cases, Tensor start, double constant = 1, int reads = 0, int failAt = -1)
    {
        List<long[]> read = [];
        Tensor variable = start.AsVariable();
        List<Tensor> made = [variable];
        for (int i = 0; i < cases.Length; i++)
        {
            Tensor earlier = made[made.Count - 1 - Choose("earlier", i, Math.Min(made.Count, 4))];
            Tensor[] points = [.. cases[i].Points.Select(point => point.To(Type) + (Shift * constant * Fit(earlier, point.Shape).Tanh()))];
            made.Add(cases[i].Function(points));
            if (reads > 0 && Choose("read", (i * 100) + reads, 5) == 0)
            {
                read.Add(Bits(made[Choose("which", (i * 100) + reads, made.Count)]));
            }
            if (i == failAt)
            {
                throw new ModelFailedException();
            }
        }
        Tensor loss = made.TakeLast(4).Aggregate((Tensor)0.0, (sum, result) => sum + (result * constant).Tanh().Sum());
        Tensor gradient = Gradient.Of(loss, [variable])[0];
        return [.. read, Bits(gradient), Bits(loss), Bits(made[made.Count / 2]), Bits(made[^1])];
    }

    private int Choose(string what, int place, int bound) => (int)(key.Child(what).Child(place).UniformNumber() * bound);

    /// <summary>The elements of a tensor, repeated or cut off, under another shape.</summary>
    private static Tensor Fit(Tensor x, Shape shape)
    {
        if (shape.Count == 0 || x.Count == 0)
        {
            return Tensor.Zeros(shape, x.DType);
        }
        Tensor flat = x.Reshape(-1);
        int count = (int)shape.Count;
        return (flat.Count < count ? flat.Tile((count + flat.Count - 1) / flat.Count) : flat).Slice(0, 0, count).Reshape(shape);
    }

    private static long[] Bits(Tensor x) => Array.ConvertAll(x.ToArray<double>(), BitConverter.DoubleToInt64Bits);

    /// <summary>What the model code throws when it is told to.</summary>
    public sealed class ModelFailedException : Exception;
}
