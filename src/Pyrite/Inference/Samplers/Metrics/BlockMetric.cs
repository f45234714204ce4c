using System.Globalization;
using Pyrite.Kernels.Trajectories;

namespace Pyrite.Inference.Samplers.Metrics;

/// <summary>A metric with correlations inside of blocks; numbers in no block have none.</summary>
internal sealed class BlockMetric : Metric
{
    private readonly double[] diagonal;

    // What momenta of numbers in no block are multiplied by; 1 for the others.
    private readonly double[] factors;
    private readonly Block[] blocks;
    private readonly int largest;

    /// <param name="diagonal">All variances.</param>
    /// <param name="blocks">The numbers of each block and its covariance, row-major.</param>
    public BlockMetric(double[] diagonal, IReadOnlyList<(int[] Members, double[] Covariance)> blocks)
        : base(diagonal.Length)
    {
        this.diagonal = diagonal;
        this.blocks = [.. blocks.Select(block => new Block(block.Members, block.Covariance, Factor(block.Covariance, block.Members.Length)))];
        largest = blocks.Count == 0 ? 0 : blocks.Max(block => block.Members.Length);
        factors = Array.ConvertAll(diagonal, variance => 1 / Math.Sqrt(variance));
        foreach (int member in blocks.SelectMany(block => block.Members))
        {
            factors[member] = 1;
        }
    }

    public override IReadOnlyList<double> Variances => diagonal;

    public override void Velocity(ReadOnlySpan<double> momentum, Span<double> velocity)
    {
        for (int i = 0; i < diagonal.Length; i++)
        {
            velocity[i] = diagonal[i] * momentum[i];
        }
        const int Stack = 128;
        Span<double> room = largest <= Stack ? stackalloc double[Stack] : new double[largest];
        foreach (Block block in blocks)
        {
            int size = block.Members.Length;
            Span<double> part = room[..size];
            for (int i = 0; i < size; i++)
            {
                part[i] = momentum[block.Members[i]];
            }
            for (int i = 0; i < size; i++)
            {
                velocity[block.Members[i]] = LeapfrogKernel.Dot(part, block.Covariance.AsSpan(i * size, size));
            }
        }
    }

    /// <summary>p = L⁻ᵀ z has covariance (L Lᵀ)⁻¹.</summary>
    public override void DrawMomentum(RandomKey key, Span<double> momentum)
    {
        key.FillNormal(momentum);
        foreach (Block block in blocks)
        {
            int size = block.Members.Length;
            for (int i = size - 1; i >= 0; i--)
            {
                double sum = momentum[block.Members[i]];
                for (int j = i + 1; j < size; j++)
                {
                    sum -= block.Factor[(j * size) + i] * momentum[block.Members[j]];
                }
                momentum[block.Members[i]] = sum / block.Factor[(i * size) + i];
            }
        }
        for (int i = 0; i < factors.Length; i++)
        {
            momentum[i] *= factors[i];
        }
    }

    internal static string MembersOf(int block) => string.Create(CultureInfo.InvariantCulture, $"metric.members.{block}");

    internal static string CovarianceOf(int block) => string.Create(CultureInfo.InvariantCulture, $"metric.covariance.{block}");

    internal override void Write(StateNumbers numbers)
    {
        numbers.Set(VariancesName, (double[])diagonal.Clone());
        numbers.Set(BlocksName, blocks.Length);
        for (int k = 0; k < blocks.Length; k++)
        {
            numbers.Set(MembersOf(k), Array.ConvertAll(blocks[k].Members, member => (double)member));
            numbers.Set(CovarianceOf(k), (double[])blocks[k].Covariance.Clone());
        }
    }

    /// <summary>The lower Cholesky factor.</summary>
    private static double[] Factor(double[] matrix, int size)
    {
        double[] factor = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[(i * size) + j] - LeapfrogKernel.Dot(factor.AsSpan(i * size, j), factor.AsSpan(j * size, j));
                if (i == j && !(sum > 0))
                {
                    throw new ArgumentException($"A metric's covariance must be positive definite; pivot {i} is {sum}.", nameof(matrix));
                }
                factor[(i * size) + j] = i == j ? Math.Sqrt(sum) : sum / factor[(j * size) + j];
            }
        }
        return factor;
    }

    private sealed class Block(int[] members, double[] covariance, double[] factor)
    {
        public int[] Members => members;

        public double[] Covariance => covariance;

        public double[] Factor => factor;
    }
}
