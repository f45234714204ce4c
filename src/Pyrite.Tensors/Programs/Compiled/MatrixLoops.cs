using Pyrite.Kernels.Code;
using Pyrite.Kernels.Emit;

namespace Pyrite.Programs.Compiled;

/// <summary>Finds the constant matrices that a recorded function multiplies with vectors from both sides, as gradients of linear predictors do: loops
/// over their rows serve both products.</summary>
internal sealed class MatrixLoops
{
    /// <summary>More columns leave no room in the cache for a block of rows.</summary>
    private const int MostColumns = 1024;

    /// <summary>The laid-out copy of a matrix may take so many bytes.</summary>
    private const long MostBytes = 1 << 28;

    private readonly Dictionary<int, ProductSide> sides = [];

    public MatrixLoops(RecordedProgram program)
    {
        if (program.KeepsBits)
        {
            return;
        }
        List<List<(int Node, ProductSide Side)>> groups = [];
        foreach (int node in program.Steps)
        {
            if (ProductSide.Of(program, node) is { } side)
            {
                Add(groups, node, side);
            }
        }
        foreach (List<(int Node, ProductSide Side)> group in groups.Where(group => group.Exists(entry => entry.Side.IsTransposed)))
        {
            foreach ((int node, ProductSide side) in group)
            {
                sides[node] = side;
            }
        }
    }

    /// <summary>How a product is computed in a loop; null for all other operations.</summary>
    public NodeKind? KindOf(int node) =>
        Find(node) is not { } side ? null : side.IsTransposed ? NodeKind.TransposedProduct : NodeKind.Product;

    /// <summary>The product that a loop computes; null for all other operations.</summary>
    public ProductSide? Find(int node) => sides.TryGetValue(node, out ProductSide side) ? side : null;

    /// <summary>The loop runs along the axis that the first product of a matrix keeps: its result is what later operations work on, element by
    /// element.</summary>
    private static void Add(List<List<(int Node, ProductSide Side)>> groups, int node, ProductSide side)
    {
        if (groups.Find(known => side.IsOfMatrix(known[0].Side.Matrix)) is { } group)
        {
            group.Add((node, side with { Matrix = group[0].Side.Matrix, LoopAxis = group[0].Side.LoopAxis }));
        }
        else if (Fits(side))
        {
            groups.Add([(node, side)]);
        }
    }

    private static bool Fits(ProductSide side)
    {
        if (side.Matrix.Count == 0)
        {
            return false;
        }
        int lanes = VectorCode.Width / sizeof(double);
        int rows = side.Rows, columns = side.Columns;
        return rows > 1 && columns <= MostColumns && MatrixPanels.Count(rows, columns, lanes) * sizeof(double) <= MostBytes;
    }
}
