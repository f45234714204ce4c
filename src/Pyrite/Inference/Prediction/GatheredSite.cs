using Pyrite.Diagnostics;

namespace Pyrite.Inference.Prediction;

/// <summary>The values of one site over the draws.</summary>
internal sealed class GatheredSite
{
    private readonly string name;
    private readonly Shape shape;
    private readonly string[] dimensions;
    private readonly double[] numbers;
    private readonly int size;
    private readonly DType type;
    private readonly bool isCircular;
    private int seen;

    /// <summary>Makes room for all draws.</summary>
    /// <param name="site">The site in the first draw.</param>
    /// <param name="shape">The shape of a value.</param>
    /// <param name="batchRank">How many of its axes belong to plates.</param>
    /// <param name="draws">How many draws there will be.</param>
    public GatheredSite(Site site, Shape shape, int batchRank, int draws)
    {
        name = site.Name;
        this.shape = shape;
        size = checked((int)shape.Count);
        type = DrawsType.Of(site);
        isCircular = site is SampleSite { Distribution.IsCircular: true };
        numbers = new double[checked(size * draws)];
        dimensions = new string[shape.Rank];
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            dimensions[axis] = (axis < batchRank ? Sites.PlateShape.At(site.Plates, axis - batchRank)?.Name : null) ?? $"{name}_dim_{axis}";
        }
    }

    /// <summary>Writes one draw down.</summary>
    /// <exception cref="ModelException">It has another shape than the first.</exception>
    public void Add(int draw, Tensor value)
    {
        if (value.Shape != shape)
        {
            throw new ModelException(ModelError.ValueShape, name, $"it has shape {value.Shape} in draw {draw}, but {shape} in the first: a table of draws needs one shape. Let the shapes of the model depend on data alone.");
        }
        value.ToArray<double>().CopyTo(numbers, draw * size);
        seen++;
    }

    /// <summary>All draws.</summary>
    /// <param name="draws">How many there must be.</param>
    /// <exception cref="ModelException">Some draws lack the site.</exception>
    public DrawsVariable Variable(int draws) => seen == draws
        ? new DrawsVariable(name, shape, numbers, dimensions, type) { IsCircular = isCircular }
        : throw new ModelException(ModelError.ValueShape, name, $"only {seen} of {draws} draws have the site: the model's control flow depends on draws. Predict sites that are always there, or hide this one with a BlockHandler.");
}
