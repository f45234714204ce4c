namespace Pyrite.Inference.Prediction;

/// <summary>Values from draws of a posterior.</summary>
internal sealed class DrawnValues(Draws posterior, ParamStore? parameters) : PosteriorValues(parameters)
{
    public override Handler Of(int draw, RandomKey key, RandomKey plateKey) => new DrawHandler(posterior, draw);

    private sealed class DrawHandler(Draws posterior, int draw) : Handler
    {
        protected internal override void Before(SampleSite site)
        {
            if (site.IsObserved || !posterior.Contains(site.Name))
            {
                return;
            }
            DrawsVariable variable = posterior.Variable(site.Name);
            site.ExpandToPlates();
            Distribution distribution = site.Distribution;
            Shape expected = distribution.BatchShape + distribution.EventShape;
            int events = distribution.EventShape.Rank;
            if (variable.EventShape == expected)
            {
                int size = checked((int)expected.Count);
                DType type = distribution.IsDiscrete ? DType.Float64 : distribution.DType;
                site.Value = Tensor.From(variable.Values.Slice(draw * size, size), expected).To(type);
                return;
            }
            bool isPlateOfOtherSize = variable.EventShape.Rank == expected.Rank && variable.EventShape[^events..] == distribution.EventShape && site.Plates.Count > 0;
            if (!isPlateOfOtherSize)
            {
                throw new ModelException(ModelError.ValueShape, site.Name, $"its posterior draws have shape {variable.EventShape}, but the model needs {expected} (batch shape {distribution.BatchShape}, event shape {distribution.EventShape}). Predict with the model that was fitted.");
            }
        }
    }
}
