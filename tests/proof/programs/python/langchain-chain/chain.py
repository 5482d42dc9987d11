import os

from dotenv import load_dotenv
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import AzureChatOpenAI, AzureOpenAIEmbeddings

load_dotenv()

AZURE_OPENAI_API_KEY = os.getenv("AZURE_OPENAI_API_KEY")
AZURE_OPENAI_ENDPOINT = os.getenv("AZURE_OPENAI_ENDPOINT")

llm = AzureChatOpenAI(
    azure_deployment=os.getenv("AZURE_OPENAI_DEPLOYMENT"),
    api_version="2024-10-21",
    azure_endpoint=AZURE_OPENAI_ENDPOINT,
    api_key=AZURE_OPENAI_API_KEY,
    temperature=0,
)

embeddings = AzureOpenAIEmbeddings(
    model=os.getenv("EMBEDDING_DEPLOYMENT"),
    azure_endpoint=AZURE_OPENAI_ENDPOINT,
    openai_api_key=AZURE_OPENAI_API_KEY,
    openai_api_version="2024-10-21",
    check_embedding_ctx_length=False,
)

prompt = ChatPromptTemplate.from_messages(
    [("system", "You translate into {language}."), ("human", "{text}")]
)
chain = prompt | llm | StrOutputParser()

if __name__ == "__main__":
    translated = chain.invoke({"language": "Latin", "text": "good morning"})
    streamed = "".join(chain.stream({"language": "Latin", "text": "good night"}))
    vector = embeddings.embed_query("good morning")
    print(f"{translated} / {streamed} / {len(vector)}")
