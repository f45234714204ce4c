namespace Pyrite;

/// <content>Triangles of matrices.</content>
public static partial class Diagonals
{
    extension(Tensor x)
    {
        /// <summary>The matrices (last two axes) with zeros above a diagonal.</summary>
        /// <param name="diagonal">0 the main one, positive ones above, negative ones below.</param>
        public Tensor LowerTriangle(int diagonal = 0) => Tensor.Where(Band(x, difference => difference <= diagonal), x, 0.0);

        /// <summary>The matrices (last two axes) with zeros below a diagonal.</summary>
        /// <param name="diagonal">0 the main one, positive ones above, negative ones below.</param>
        public Tensor UpperTriangle(int diagonal = 0) => Tensor.Where(Band(x, difference => difference >= diagonal), x, 0.0);
    }

    private static Tensor Band(Tensor x, Func<int, bool> isInside)
    {
        if (x.Rank < 2)
        {
            throw new ArgumentException($"triangle: matrices [.., rows, columns] are needed; found shape {x.Shape}.");
        }
        (int rows, int columns) = (x.Shape[^2], x.Shape[^1]);
        bool[] flags = new bool[rows * columns];
        for (int i = 0; i < flags.Length; i++)
        {
            flags[i] = isInside((i % columns) - (i / columns));
        }
        return Tensor.From<bool>(flags, [rows, columns]);
    }
}
