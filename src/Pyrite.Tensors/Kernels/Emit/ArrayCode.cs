using System.Reflection;
using System.Reflection.Emit;

namespace Pyrite.Kernels.Emit;

/// <summary>Writes what is done to whole arrays of Float64 numbers: moves, sums by place, calls of kernels.</summary>
internal static class ArrayCode
{
    extension(ProgramWriter writer)
    {
        /// <summary>The elements that indices name.</summary>
        public void Take(Place source, Place indices, Place target, int start, int count)
        {
            writer.PushAddress(source);
            writer.PushAddress(indices);
            writer.PushAddress(target, start);
            writer.Il.Emit(OpCodes.Ldc_I4, count);
            writer.Il.Emit(OpCodes.Call, typeof(EmittedCalls).GetMethod(nameof(EmittedCalls.Take))!);
        }

        /// <summary>Puts elements to places, or adds them to what stands there.</summary>
        /// <param name="source">The elements.</param>
        /// <param name="from">Which of them.</param>
        /// <param name="target">Where they go.</param>
        /// <param name="to">The places there.</param>
        /// <param name="count">How many.</param>
        /// <param name="adds">Whether they are added.</param>
        /// <param name="isWhole">Whether the elements are read one after the other from the first on.</param>
        public void Move(Place source, Place from, Place target, Place to, int count, bool adds, bool isWhole)
        {
            writer.PushAddress(source);
            if (!adds || !isWhole)
            {
                writer.PushAddress(from);
            }
            writer.PushAddress(to);
            writer.PushAddress(target);
            writer.Il.Emit(OpCodes.Ldc_I4, count);
            string name = !adds ? nameof(EmittedCalls.Move) : isWhole ? nameof(EmittedCalls.AddTo) : nameof(EmittedCalls.AddSome);
            writer.Il.Emit(OpCodes.Call, typeof(EmittedCalls).GetMethod(name)!);
        }

        /// <summary>The sums of rows of Float64 numbers, in the order of eager sums.</summary>
        public void SumRows(Place source, Place target, int rows, int count)
        {
            writer.PushAddress(source);
            writer.PushAddress(target);
            writer.Il.Emit(OpCodes.Ldc_I4, rows);
            writer.Il.Emit(OpCodes.Ldc_I4, count);
            writer.Il.Emit(OpCodes.Call, typeof(EmittedCalls).GetMethod(nameof(EmittedCalls.SumRows))!.MakeGenericMethod(typeof(double)));
        }

        /// <summary>Copies a stretch of Float64 numbers.</summary>
        public void Copy(Place source, int from, Place target, int to, int count)
        {
            writer.PushAddress(source, from);
            writer.PushAddress(target, to);
            writer.Il.Emit(OpCodes.Ldc_I4, count * sizeof(double));
            writer.Il.Emit(OpCodes.Call, typeof(EmittedCalls).GetMethod(nameof(EmittedCalls.Copy))!);
        }

        /// <summary>Copies an array.</summary>
        public void Copy(int source, int result, int count)
        {
            writer.PushAddressOf(source);
            writer.PushAddressOf(result);
            writer.Il.Emit(OpCodes.Ldc_I4, checked(count * writer.TypeOf(result).ByteSize));
            writer.Il.Emit(OpCodes.Call, typeof(EmittedCalls).GetMethod(nameof(EmittedCalls.Copy))!);
        }

        /// <summary>A number from an array of Float64 numbers.</summary>
        public void Element(int source, int place, int result, bool isStored)
        {
            writer.PushAddress(writer.PlaceOf(source), place);
            writer.Il.Emit(OpCodes.Ldind_R8);
            writer.PopNumber(result, isStored);
        }

        /// <summary>Puts a number into an array.</summary>
        public void Element(int number, int result, int place)
        {
            writer.PushAddressOf(result);
            writer.Il.Emit(OpCodes.Ldc_I4, place * writer.TypeOf(result).ByteSize);
            writer.Il.Emit(OpCodes.Add);
            writer.PushNumber(number);
            writer.Store(writer.TypeOf(result));
        }

        /// <summary>Copies bytes.</summary>
        public void Copy(Place source, Place target, long bytes)
        {
            writer.PushAddress(source);
            writer.CopyFromStack(target, bytes);
        }

        /// <summary>Copies bytes from the address on the stack.</summary>
        public void CopyFromStack(Place target, long bytes)
        {
            writer.PushAddress(target);
            writer.CopyBetweenStack(bytes);
        }

        /// <summary>Copies bytes from one address on the stack to the other, which was pushed later.</summary>
        public void CopyBetweenStack(long bytes)
        {
            writer.Il.Emit(OpCodes.Ldc_I4, checked((int)bytes));
            writer.Il.Emit(OpCodes.Call, typeof(EmittedCalls).GetMethod(nameof(EmittedCalls.Copy))!);
        }

        /// <summary>Stores a number that is in a register.</summary>
        public void Keep(int source)
        {
            writer.PushAddressOf(source);
            writer.PushNumber(source);
            writer.Store(writer.TypeOf(source));
        }

        /// <summary>Fills an array of Float64 numbers with zeros.</summary>
        public void Clear(int result, int count)
        {
            writer.Il.Emit(OpCodes.Ldc_R8, 0.0);
            writer.PushAddressOf(result);
            writer.Il.Emit(OpCodes.Ldc_I4, count);
            writer.Il.Emit(OpCodes.Call, typeof(EmittedCalls).GetMethod(nameof(EmittedCalls.Spread))!.MakeGenericMethod(typeof(double)));
        }

        /// <summary>Calls a kernel on plain memory.</summary>
        /// <param name="kernel">A static method.</param>
        /// <param name="sources">The sources whose addresses it takes first.</param>
        /// <param name="sizes">What it takes then.</param>
        public void Call(MethodInfo kernel, ReadOnlySpan<int> sources, ReadOnlySpan<int> sizes)
        {
            foreach (int source in sources)
            {
                writer.PushAddressOf(source);
            }
            foreach (int size in sizes)
            {
                writer.Il.Emit(OpCodes.Ldc_I4, size);
            }
            writer.Il.Emit(OpCodes.Call, kernel);
        }
    }
}
