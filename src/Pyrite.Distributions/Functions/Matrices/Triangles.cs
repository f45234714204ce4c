namespace Pyrite.Functions.Matrices;

/// <summary>Masks of the parts of square matrices.</summary>
internal static class Triangles
{
    /// <summary>Bool matrices that are true above, and on, the diagonal.</summary>
    public static (Tensor Above, Tensor Diagonal) Masks(int size)
    {
        Tensor rows = Tensor.Range(size).Unsqueeze(-1);
        Tensor columns = Tensor.Range(size);
        return (columns > rows, columns.EqualTo(rows));
    }
}
