using Pyrite.Engine;

namespace Pyrite.Ops.Copies;

/// <summary>Changes the storage order of an image tensor. The logical value stays, so the result shares its gradient history.</summary>
internal static class LayoutConversion
{
    extension(Tensor x)
    {
        /// <summary>The same tensor stored in another order; itself where that is the case already.</summary>
        public Tensor In(Layout layout)
        {
            if (x.Layout == layout || (layout == Layout.ChannelsLast && !TensorSpec.HasDistinctLayouts(x.Shape)))
            {
                return x;
            }
            Tensor result = Executor.Apply(default(LayoutOperation), new TensorSpec(x.Shape, x.DType, layout), x.Detach());
            result.TakeHistory(x);
            return result;
        }
    }
}
