using Pyrite.Language.Plates;


namespace Pyrite;

/// <summary>The stretch of code inside a plate.</summary>
public readonly ref struct PlateScope : IDisposable
{
    private readonly HandlerScope scope;
    private readonly PlateSite site;

    internal PlateScope(HandlerScope scope, PlateSite site, int dimension)
    {
        this.scope = scope;
        this.site = site;
        Dimension = dimension;
    }

    /// <summary>The batch dimension, negative from the right.</summary>
    public int Dimension { get; }

    /// <summary>The indices present in this run, Int64 [subsample size].</summary>
    public Tensor Indices => site.Value;

    /// <summary>The rows of data that belong to the indices present.</summary>
    /// <param name="data">An array whose <paramref name="axis"/> has the plate's size.</param>
    /// <param name="axis">Which axis to take from.</param>
    /// <returns>The data with the subsample size there; the data itself without subsampling.</returns>
    /// <exception cref="ModelException">The axis has not the plate's size.</exception>
    public Tensor Subsample(Tensor data, int axis = 0) => PlateSubsampling.Rows(site, data, axis);

    /// <summary>Closes the plate.</summary>
    public void Dispose() => scope.Dispose();
}
