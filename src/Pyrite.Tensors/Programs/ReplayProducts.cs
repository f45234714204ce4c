using Pyrite.Kernels;
using Pyrite.Ops;

namespace Pyrite.Programs;

/// <summary>Finds the constant matrices that a recorded function multiplies with vectors from both sides, as gradients of linear predictors do: loops over their rows serve both products.</summary>
internal sealed class ReplayProducts
{
    /// <summary>More columns leave no room in the cache for a block of rows.</summary>
    private const int MostColumns = 1024;

    /// <summary>The laid-out copy of a matrix may take so many bytes.</summary>
    private const long MostBytes = 1 << 28;

    private readonly ReplayProgram program;
    private readonly Dictionary<int, Side> sides = [];

    public ReplayProducts(ReplayProgram program)
    {
        this.program = program;
        List<(int Node, Side Side)> open = [];
        foreach (int node in program.Steps)
        {
            if (SideOf(node) is not { } side)
            {
                continue;
            }
            int twin = open.FindIndex(other => other.Side.IsSameMatrix(side));
            open.Add((node, twin < 0 ? side : side with { Matrix = open[twin].Side.Matrix, LoopAxis = open[twin].Side.LoopAxis }));
        }
        foreach (IGrouping<Tensor, (int Node, Side Side)> group in open.GroupBy(entry => entry.Side.Matrix))
        {
            if (group.Any(entry => entry.Side.IsTransposed) && group.Any(entry => !entry.Side.IsTransposed) && group.First().Side.Fits)
            {
                foreach ((int node, Side side) in group)
                {
                    sides[node] = side;
                }
            }
        }
    }

    /// <summary>How a product is computed in a loop; null for all other operations.</summary>
    public ReplayStepKind? KindOf(int node) => !sides.TryGetValue(node, out Side side) ? null : side.IsTransposed ? ReplayStepKind.TransposedProduct : ReplayStepKind.Product;

    /// <summary>The elements of the loop that a product belongs to.</summary>
    public int Space(int node) => sides[node].Matrix.Shape[sides[node].LoopAxis];

    /// <summary>The columns of a product's matrix, seen from the loop.</summary>
    public int Columns(int node) => sides[node].Matrix.Shape[1 - sides[node].LoopAxis];

    /// <summary>The input of a product's operation that is the vector.</summary>
    public int VectorOf(int node) => program.Node(node).Inputs[sides[node].VectorInput];

    /// <summary>Where a product's matrix stands for loops.</summary>
    public ReplayPlace Panels(int node, ReplayConstants constants) => constants.Panels(sides[node].Matrix, sides[node].LoopAxis);

    /// <summary>The loop runs along the axis that the first product of a matrix keeps: its results are what later operations work on, element by element.</summary>
    private Side? SideOf(int node)
    {
        RecordedNode operation = program.Node(node);
        if (operation.Boxed is not MatMulOperation product || operation.Inputs.Length != 2 || operation.Spec.Shape.Rank != 2 || operation.Spec.DType != DType.Float64)
        {
            return null;
        }
        for (int input = 0; input < 2; input++)
        {
            int matrix = operation.Inputs[input], vector = operation.Inputs[1 - input];
            if (program.Depends(matrix) || !program.Depends(vector) || operation.Spec.Shape[1 - input] != 1)
            {
                continue;
            }
            int summed = input == 0 ? (product.TransposeA ? 0 : 1) : (product.TransposeB ? 1 : 0);
            return new Side(program.Constant(matrix), 1 - input, summed, 1 - summed);
        }
        return null;
    }

    /// <summary>A product of a matrix and a vector: the axis that it sums over, and the one that the loop runs along.</summary>
    private readonly record struct Side(Tensor Matrix, int VectorInput, int SummedAxis, int LoopAxis)
    {
        public bool IsTransposed => SummedAxis == LoopAxis;

        public bool Fits => Matrix.Shape[LoopAxis] > 1 && Matrix.Shape[1 - LoopAxis] is > 0 and <= MostColumns
            && MatrixPanels.Count(Matrix.Shape[LoopAxis], Matrix.Shape[1 - LoopAxis], ChainTable.Width / sizeof(double)) * sizeof(double) <= MostBytes;

        public bool IsSameMatrix(Side other) => Matrix.Shape == other.Matrix.Shape && Matrix.IsView(other.Matrix);
    }
}
