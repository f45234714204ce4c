namespace Pyrite;

/// <summary>Switches of a whole network, which hand the network back.</summary>
public static class ModuleModes
{
    extension<TModule>(TModule module) where TModule : Module
    {
        /// <summary>Lets this module and all inside behave as in training; the state they start in.</summary>
        public TModule Train()
        {
            module.SetTraining(true);
            return module;
        }

        /// <summary>Lets this module and all inside behave as in use: no dropout, running statistics instead of those of the batch.</summary>
        public TModule Eval()
        {
            module.SetTraining(false);
            return module;
        }

        /// <summary>Lets training pass this module and all inside by: gradients do not reach their parameters, whose values stay as they
        /// are.</summary>
        /// <remarks>For a network that was learnt before. Inference does not ask that it be registered. <see cref="Parameter.RequiresGradient"/> does
        /// the same for a single parameter.</remarks>
        /// <param name="isFrozen">False lets them be trained again.</param>
        public TModule Frozen(bool isFrozen = true)
        {
            foreach (Parameter parameter in module.Parameters)
            {
                parameter.RequiresGradient = !isFrozen;
            }
            return module;
        }

        /// <summary>Converts all parameters and buffers to Float32 or Float64; weights not yet drawn will be drawn in it.</summary>
        /// <exception cref="ArgumentException">Another type was asked for.</exception>
        public TModule To(DType type)
        {
            module.SetType(type);
            return module;
        }
    }
}
