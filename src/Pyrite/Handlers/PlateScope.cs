namespace Pyrite;

/// <summary>The stretch of code inside a plate.</summary>
public readonly ref struct PlateScope
{
    private readonly HandlerScope scope;
    private readonly PlateSite site;

    internal PlateScope(HandlerScope scope, PlateSite site)
    {
        this.scope = scope;
        this.site = site;
    }

    /// <summary>The indices present in this run, Int64 [subsample size].</summary>
    public Tensor Indices => site.Value;

    /// <summary>The rows of data that belong to the indices present.</summary>
    /// <param name="data">[size, ..].</param>
    /// <returns>[subsample size, ..]; the data itself without subsampling.</returns>
    /// <exception cref="ModelException">The first axis is not the plate's size.</exception>
    public Tensor Subsample(Tensor data)
    {
        if (data.Rank == 0 || data.Shape[0] != site.Size)
        {
            throw new ModelException(site.Name, $"the plate has size {site.Size}, but the data to subsample has shape {data.Shape}; its first axis must be the plate's size.");
        }
        return site.SubsampleSize == site.Size ? data : data.Take(Indices);
    }

    /// <summary>Closes the plate.</summary>
    public void Dispose() => scope.Dispose();
}
