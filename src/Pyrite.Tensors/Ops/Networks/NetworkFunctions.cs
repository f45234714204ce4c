namespace Pyrite;

/// <summary>Gated units, attention and other functions that networks are made of.</summary>
public static partial class NetworkFunctions
{
    extension(Tensor x)
    {
        /// <summary>The first half of an axis times the sigmoid of the second (Dauphin et al. 2017).</summary>
        public Tensor GatedLinearUnit(int axis = -1)
        {
            Tensor[] halves = x.Split([x.Shape[axis] / 2, x.Shape[axis] - (x.Shape[axis] / 2)], axis);
            return halves[0] * halves[1].Sigmoid();
        }

        /// <summary>x where it is positive, else slope · x, with one learned slope a channel (axis 1), or one for all.</summary>
        public Tensor PRelu(Tensor slope)
        {
            int[] sizes = [.. Enumerable.Repeat(1, Math.Max(2, x.Rank))];
            sizes[1] = slope.Count;
            return Tensor.Where(x > 0, x, (slope.Count == 1 ? slope.Reshape(Shape.Scalar) : slope.Reshape(sizes[..Math.Max(2, x.Rank)])) * x);
        }
    }
}
