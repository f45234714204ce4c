namespace Pyrite.Inference.Fitting.Sharing;

/// <summary>Refuses networks that change their buffers in steps which are cut into shards.</summary>
/// <remarks>Each process would have statistics of its own rows, and what is learnt would depend on the number of processes.</remarks>
internal sealed class SteadyBuffers(int shards)
{
    private (string Name, ModuleBuffer Buffer)[] buffers = [];
    private Tensor[] values = [];
    private int names = -1;

    /// <summary>Remembers what the buffers hold before a step.</summary>
    public void Remember(ParamStore parameters)
    {
        if (names != parameters.Names.Count)
        {
            names = parameters.Names.Count;
            buffers = [.. parameters.Buffers().Select(buffer => (buffer.Key, buffer.Value))];
            values = new Tensor[buffers.Length];
        }
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = buffers[i].Buffer.Value;
        }
    }

    /// <summary>After a shard.</summary>
    /// <exception cref="ModelException">A buffer holds something else.</exception>
    public void RequireUnchanged()
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!ReferenceEquals(values[i], buffers[i].Buffer.Value))
            {
                throw new ModelException(buffers[i].Name,
                    $"the network changes this buffer while it runs, and the steps are cut into {shards} shards, of which each process would gather "
                        + "statistics of its own. Put layers that gather none in the place of batch normalization (GroupNorm, LayerNorm), let the "
                        + "network evaluate (Eval()), or learn without Sharding.");
            }
        }
    }
}
